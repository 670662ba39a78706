import getopt
import os
import shlex
import subprocess
import sys

import pexpect
from flask import request


# case: a line for the shell behind ssh
def on_another_host():
    subprocess.run(["ssh", "-p", "22", "build", "git checkout " + request.args["branch"]])  # expect: command-injection from 13


# case: a quoted line for the shell behind ssh
def quoted_on_another_host():
    subprocess.run(["ssh", "build", "git checkout " + shlex.quote(request.args["branch"])])


# case: a shell behind another program
def behind_sudo():
    subprocess.run(["sudo", "-u", "www", "sh", "-c", "ls " + request.args["folder"]])  # expect: command-injection from 23


# case: the word sh among the arguments of another program
def named_like_a_shell():
    subprocess.run(["make", "sh", "--", request.args["target"]])


# case: a shell in a terminal of its own
def in_a_terminal():
    pexpect.spawn("/bin/sh", ["-c", "ls " + request.args["folder"]])  # expect: command-injection from 33


# case: what was given for an option
def given_for_an_option():
    options, rest = getopt.getopt(sys.argv[1:], "hd:")
    for option, value in options:
        os.system(value)  # expect: env-to-shell from 38


# case: the option itself
def the_option_itself():
    options, rest = getopt.getopt(sys.argv[1:], "hd:")
    for option, value in options:
        os.system("echo " + option)
