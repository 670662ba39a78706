import os
import subprocess

from flask import request


# case: a program with options that are there on one way only, harmless
def options_of_one_way():
    words = ["fmt"]
    if request.args.get("wide"):
        words += ["-w", "100"]
    words.extend(["--", request.args["name"]])
    subprocess.run(words)


# case: a program that is another on one way
def program_of_one_way():
    words = ["fmt"]
    if request.args.get("wide"):
        words = [request.args["program"], "-w", "100"]
    words.extend(["--", "a.txt"])
    subprocess.run(words)  # expect: command-injection from 20


# case: words of unknown number behind a program, harmless
def words_behind(options):
    words = ["fmt"] + options
    words += [request.args["name"]]
    subprocess.run(words)
    subprocess.run(["fmt", *options, request.args["name"]])


# case: what stands behind words of unknown number may be the first
def words_in_front(options):
    subprocess.run([*options, request.args["program"]])  # expect: command-injection from 35


class Job:
    def __init__(self, words):
        self.words = words

    def start(self):
        subprocess.run([*self.words])  # expect: command-injection from 52

    def lint(self):
        subprocess.run([*self.words])


# case: words of an object, spread into a list
def words_of_an_object():
    Job(["fmt", request.args["name"]]).lint()
    Job([request.args["program"], "a.txt"]).start()


# case: either of two lists, spread
def either_list(is_wide):
    words = ["fmt", request.args["name"]]
    if is_wide:
        words = ["fold", "-w", request.args["width"]]
    subprocess.run([*words])


# case: either of two lists, spread, one with a program of the sender's
def either_program(is_wide):
    words = ["fmt", "a.txt"]
    if is_wide:
        words = [request.args["program"], "-w", "100"]
    subprocess.run([*words])  # expect: command-injection from 67


# case: the last of a list that is longer on one way
def last_of_either(is_wide):
    words = [request.args["program"]]
    if is_wide:
        words += ["fmt"]
    subprocess.run(words[-1], shell=True)  # expect: command-injection from 73


# case: turned round, what was last is first
def turned_round(is_wide):
    words = ["fmt"]
    if is_wide:
        words += [request.args["program"]]
    words.reverse()
    subprocess.run(words)  # expect: command-injection from 83
    subprocess.run(list(reversed(words)))  # expect: command-injection from 83


class Task:
    def __init__(self, words, options=None):
        self.words = words
        if options:
            self.words += options

    def start(self):
        os.execlp(*self.words)  # expect: command-injection from 105

    def lint(self):
        os.execlp(*self.words)


# case: words of which the first are known, spread into a call
def words_of_a_call(options):
    Task(["fmt", "fmt", request.args["name"]], options).lint()
    Task([request.args["program"], "a.txt"], options).start()
