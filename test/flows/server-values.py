import os
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse


# case: what the server says of itself
@login_required
def of_server(request):
    os.system("ping " + request.META["SERVER_NAME"])
    return HttpResponse("x")


# case: where the connection comes from
@login_required
def of_connection(request):
    os.system("ping " + request.META.get("REMOTE_ADDR"))
    return HttpResponse("x")


# case: what the sender says
@login_required
def of_sender(request):
    os.system("ping " + request.META["HTTP_X_HOST"])  # expect: command-injection from 23
    os.system("ping " + request.META.get("QUERY_STRING"))  # expect: command-injection from 24
    return HttpResponse("x")


# case: how large a file is
@login_required
def of_size(request):
    os.system(f"head -c {request.FILES['f'].size} x")
    return HttpResponse("x")


# case: how a file is called
@login_required
def of_upload(request):
    os.system(f"head {request.FILES['f'].name} x")  # expect: command-injection from 38
    return HttpResponse("x")


# case: the name of a route
@login_required
def of_route(request):
    os.system("ls " + request.resolver_match.url_name)
    return HttpResponse("x")


# case: parts of the address
@login_required
def of_address(request):
    os.system("ls " + request.resolver_match.kwargs["name"])  # expect: command-injection from 52
    return HttpResponse("x")
