from jinja2 import Environment, FileSystemLoader

escaping = Environment(loader=FileSystemLoader("pages"), autoescape=True)
