import os

from django.http import HttpRequest
from django.views import View
from fastapi import FastAPI, Query
from fastapi.responses import RedirectResponse

from accounts import client, links

api = FastAPI()


# case: a part of an address that a view is handed as a number
class Report(View):
    def get(self, request: HttpRequest, number: int | None = None):
        os.system(f"report {number}")
        return getattr(self, f"{number}", None)


# case: one that it is handed as a text
class Named(View):
    def get(self, request: HttpRequest, number: str | None = None):
        os.system(f"report {number}")  # expect: command-injection from 22
        return None


# case: the address at which a provider signs somebody in
@api.get("/sign-in")
async def sign_in(screen: str = Query("login")):
    url = await client.auth_url("/callback", {"screen": screen})
    return RedirectResponse(url)


# case: an address of another kind
@api.get("/leave")
async def leave(target: str = Query("/")):
    url = await links.next_url(target)
    return RedirectResponse(url)  # expect: open-redirect from 36
