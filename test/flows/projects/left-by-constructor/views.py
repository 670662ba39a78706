import os

from stores import Store


def first(store: Store):
    # What the constructor of another module's class leaves is there in the function that uses it first, and in the next one.
    os.system(store.listing)
    os.system(store.own)  # expect: command-injection from stores.py:7
    os.system(store.commands["list"])
    os.system(store.commands["own"])  # expect: command-injection from stores.py:8
    store.close()


def second(store: Store):
    os.system(store.listing)
    os.system(store.own)  # expect: command-injection from stores.py:7
    os.system(store.commands["list"])
    os.system(store.commands["own"])  # expect: command-injection from stores.py:8
    store.close()
