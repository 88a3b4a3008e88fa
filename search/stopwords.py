"""Owns the words that a query does not require: function words of English, French and Dutch, as typed.

A word that also names a thing or a trade in one of the three languages stays out (`door`, `car`, `AI`),
but for those without which no sentence of its language is written (`van`, `or`, `dans`).
"""

_ENGLISH = """
a about above after again against all also am among an and any are at be because been before being below
between both but by could did do does doing during each either every few for from further had has have
having he her here him his how i if in into is its itself me more most my neither no nor not of off on once
only or other our ours out over own s same she should since so some such t than that the their theirs them
then there these they this those through to too under until up upon us very via was we were what when where
which while who whom whose why with within without would you your yours
"""

_FRENCH = """
afin ainsi alors après as au aucun aucune aussi autre autres aux avant avec avez avoir avons c ce ceci cela
celle celles celui ces cet cette ceux chaque chez comme d dans de depuis des donc dont du elle elles en
encore entre et eux il ils j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors
lorsque lui m ma mais moi mon même n ne ni nos notre nous on ont ou où par parce parmi pendant peu plus pour
pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si soit
sommes sont sur t ta tes tous tout toute toutes très tu un une vers vos votre vous y à être
"""

_DUTCH = """
aan achter al alle als altijd andere ben bij binnen boven buiten dan dat de deze die dit doch dus een eens
elk elke en er geen had hebben heeft hem het hier hij hoe hun ik in is ja je jij jou jouw jullie kan kunnen
maar me meer met mij mijn moet naar naast niet niets nog nu of om omdat onder ons onze ook op rond sinds te
tegen tijdens toch toen tot tussen u uit uw van vanaf vanuit veel voor waar waarbij waarin wat we welke werd
wie wij worden wordt ze zelf zich zij zijn zo zoals zonder zou zullen één
"""

STOP_WORDS: frozenset[str] = frozenset(" ".join((_ENGLISH, _FRENCH, _DUTCH)).split())
