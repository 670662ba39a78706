import os


def run(command):
    os.system(command)  # expect: command-injection from main.py:14


def describe(command):
    return "the command " + command
