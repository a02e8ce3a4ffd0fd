from tests.office.pages.conftest import *
from tests.office.pages.test_people import *
def test_zz(irina):
    client = Client()
    r=sign_in(client, irina); print(r.status_code, r.headers)
    f=client.get("/accounts/2fa/totp/activate/"); print(f.status_code, f.headers, text_of(f)[:300])
