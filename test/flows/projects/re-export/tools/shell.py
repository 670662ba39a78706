import os


def run(command):
    os.system(command)  # expect: command-injection from main.py:12


def run_other(command):
    os.popen(command)  # expect: command-injection from main.py:18
