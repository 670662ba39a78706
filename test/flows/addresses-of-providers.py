from fastapi import FastAPI, Query
from fastapi.responses import RedirectResponse

from accounts import client, links

api = FastAPI()


# case: the address at which a provider signs somebody in
@api.get("/sign-in")
async def sign_in(screen: str = Query("login")):
    url = await client.auth_url("/callback", {"screen": screen})
    return RedirectResponse(url)


# case: an address of another kind
@api.get("/leave")
async def leave(target: str = Query("/")):
    url = await links.next_url(target)
    return RedirectResponse(url)  # expect: open-redirect from 18
