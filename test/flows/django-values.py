from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
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
    return mark_safe("?name=" + query["name"])  # expect: xss-reflected from 25


# case: Django: an image that came as bytes, and where an upload is kept
def image(request):
    picture = Image.open(ContentFile(request.body))
    picture.save(request.FILES["picture"].temporary_file_path())
