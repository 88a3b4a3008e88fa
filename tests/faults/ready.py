"""Owns what every process of these tests has done before it begins: each is forked from one that is ready."""

import django

django.setup()
