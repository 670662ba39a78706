import requests
import web
from PIL import Image


# case: web.py: the address that was asked for
class OwnPath:
    def POST(self):
        if web.input().get("again"):
            raise web.seeother(web.ctx.path)
        if web.input().get("more"):
            raise web.redirect(web.changequery(page=web.input().page))
        requests.get("http://fast:8080" + web.ctx.fullpath, timeout=9)


# case: web.py: an address of the form
class Away:
    def POST(self):
        raise web.seeother(web.input().next)  # expect: open-redirect from 19


# case: web.py: values that are bound
class Bound:
    def GET(self):
        where = web.reparam("city = $city", {"city": web.input().city})
        return web.database(dbn="sqlite", db="x").select("shop", where=where)


# case: web.py: a text in which values are bound
class Unbound:
    def GET(self):
        where = web.reparam("city = '%s'" % web.input().city, {})  # expect: sql-injection from 32
        return web.database(dbn="sqlite", db="x").select("shop", where=where)


# case: web.py: a file that was sent, and what it is called
class Sent:
    def POST(self):
        given = web.input(picture={})
        Image.open(given.picture.file)
        Image.open(given.picture.filename)  # expect: path-traversal from 39
