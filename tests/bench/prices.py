"""List prices of AWS in Tokyo (ap-northeast-1), in USD, as known on PRICED_ON; no free tier is taken off.

AWS's own pages have the last word: https://aws.amazon.com/lambda/pricing/ and its neighbours.
"""

from datetime import date

PRICED_ON = date(2026, 11, 23)

LAMBDA_GB_SECOND = 0.0000133334  # arm64
LAMBDA_REQUEST = 0.20 / 1e6
DYNAMODB_READ_UNIT = 0.1425 / 1e6  # on demand
DYNAMODB_WRITE_UNIT = 0.715 / 1e6
DYNAMODB_GB_MONTH = 0.285
DYNAMODB_BACKUP_GB_MONTH = 0.228  # point-in-time recovery
SCHEDULER_INVOCATION = 1.25 / 1e6
LOGS_GB = 0.76
LOGS_GB_MONTH = 0.033
KMS_REQUEST = 0.03 / 1e4
SNS_PUBLISH = 0.50 / 1e6
SNS_EMAIL = 2.00 / 1e5
SQS_REQUEST = 0.40 / 1e6

ALARM_MONTH, FREE_ALARMS = 0.10, 10
METRIC_MONTH, FREE_METRICS = 0.30, 10
DASHBOARD_MONTH, FREE_DASHBOARDS = 3.00, 3
FREE_SQS_REQUESTS = 1_000_000
"""Always free, in every account, every month."""
