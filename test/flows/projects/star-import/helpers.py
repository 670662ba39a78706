import os


def launch(command):
    os.system(command)  # expect: command-injection from main.py:10


def count(command):
    os.system("count " + str(len(command)))
