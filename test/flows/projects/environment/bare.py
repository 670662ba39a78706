from jinja2 import Environment, FileSystemLoader

plain = Environment(loader=FileSystemLoader("pages"))
