# Not what `import flask` means to an application: the library's models say what its names are.
def Flask(name):
    return None
