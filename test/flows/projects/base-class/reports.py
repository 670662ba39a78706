import os


class Report:
    def render(self, name):
        os.system("render " + self.title() + " " + name)  # expect: command-injection from main.py:19

    def store(self, name):
        os.system("store " + self.title())

    def title(self):
        return ""
