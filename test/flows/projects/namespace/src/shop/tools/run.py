import os


def launch(command):
    os.system(command)  # expect: command-injection from src/shop/web/views.py:10
