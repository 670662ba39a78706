def launch(command):
    return command
