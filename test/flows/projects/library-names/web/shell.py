import os


def run(command):
    os.system(command)  # expect: command-injection from web/pages.py:11
