"""template.yaml, read: nothing fails in silence. Every asynchronous step has dead letters, and these ring an alarm."""

from tests.unit.template import Part, events, functions, resources, template


def dead_letter_queues() -> set[str]:
    return {name for name in resources("AWS::SQS::Queue") if "DeadLetter" in name}


def test_every_asynchronous_step_has_a_dead_letter_queue() -> None:
    worked_off = [queue for name, queue in resources("AWS::SQS::Queue").items() if name not in dead_letter_queues()]
    redriven = [*worked_off, *resources("AWS::SNS::Subscription").values()]
    failing = [functions()["PollFunction"]["EventInvokeConfig"], *events("DynamoDB").values()]

    letters_of: list[Part] = [
        *(step["DeadLetterConfig"]["Arn"] for step in events("ScheduleV2").values()),
        *(step["RedrivePolicy"]["deadLetterTargetArn"] for step in redriven),
        *(step["DestinationConfig"]["OnFailure"]["Destination"] for step in failing),
    ]

    assert {arn["GetAtt"].removesuffix(".Arn") for arn in letters_of} == dead_letter_queues()


def test_every_dead_letter_queue_rings_an_alarm() -> None:
    watched = {
        dimension["Value"]["GetAtt"].removesuffix(".QueueName"): (alarm["MetricName"], alarm["Threshold"])
        for alarm in resources("AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "QueueName"
    }

    lying = dict.fromkeys(dead_letter_queues(), ("ApproximateNumberOfMessagesVisible", 1))
    assert watched == lying | {"PollDeadLetterQueue": ("NumberOfMessagesSent", 1)}


def test_a_poll_that_fails_with_its_retries_is_no_sign_yet_that_polls_fail() -> None:
    [failing] = [alarm for alarm in resources("AWS::CloudWatch::Alarm").values() if alarm["MetricName"] == "Errors"]
    retries = functions()["PollFunction"]["EventInvokeConfig"]["MaximumRetryAttempts"]

    assert failing["Threshold"] == 1 + retries + 1


def test_every_alarm_tells_the_ops_topic_what_to_do_and_knows_what_silence_means() -> None:
    alarms = resources("AWS::CloudWatch::Alarm")

    assert len(alarms) <= 10, "ten alarms are free"
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == [{"Ref": "OpsTopic"}]
        assert len(alarm["AlarmDescription"]) > 40
        assert alarm["TreatMissingData"] in ("breaching", "notBreaching")


def test_polls_that_fail_and_polls_that_do_not_run_ring_alarms() -> None:
    alarms = resources("AWS::CloudWatch::Alarm").values()
    of_poll = {
        alarm["MetricName"]: (alarm["ComparisonOperator"], alarm["TreatMissingData"])
        for alarm in alarms
        if alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "PollFunction"}}]
    }

    assert of_poll["Errors"] == ("GreaterThanOrEqualToThreshold", "notBreaching")
    assert of_poll["Invocations"] == ("LessThanThreshold", "breaching")


def test_rows_that_are_held_ring_an_alarm() -> None:
    [alarm] = [each for each in resources("AWS::CloudWatch::Alarm").values() if each["MetricName"] == "HeldRecords"]
    variables = template()["Globals"]["Function"]["Environment"]["Variables"]

    assert alarm["Namespace"] == variables["POWERTOOLS_METRICS_NAMESPACE"]
    assert alarm["Dimensions"] == [{"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]}]
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 1)
