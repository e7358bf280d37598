"""Values that the examples in the OpenAPI document share."""

GUIDE = "us-japan-security-treaty"
GUIDE_URL = f"/v1/guides/{GUIDE}"
REVISION = "0123456789ab"
