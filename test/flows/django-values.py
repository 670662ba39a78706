from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.template.defaultfilters import force_escape, slugify, truncatewords
from django.utils.safestring import mark_safe
from PIL import Image


# case: Django's storage refuses what leads out of its folder
def stored(request):
    with default_storage.open(request.GET["name"]) as file:
        names = [line.strip() for line in file]
    default_storage.delete(request.POST["name"])
    return HttpResponse(str(len(names)))


# case: a query string that Django puts together again
def again(request):
    query = request.GET.copy()
    query["page"] = "2"
    return mark_safe("?" + query.urlencode())


# case: the fields of a query string one by one
def one_by_one(request):
    query = request.GET.copy()
    return mark_safe("?name=" + query["name"])  # expect: xss-reflected from 26


# case: Django: an image that came as bytes, and where an upload is kept
def image(request):
    picture = Image.open(ContentFile(request.body))
    picture.save(request.FILES["picture"].temporary_file_path())


# case: filters of templates that are called as functions
def by_filters(request):
    name = request.GET["name"]
    if request.GET.get("short"):
        return HttpResponse(slugify(name))
    if request.GET.get("long"):
        return HttpResponse("<p>" + force_escape(name))
    return HttpResponse("<p>" + truncatewords(name, 5))  # expect: xss-reflected from 38


# case: the host is made of letters, digits, dots and hyphens
def on_this_host(request):
    return HttpResponse("<p>Welcome to " + request.get_host())
