"""The mark on a message that is sent again by hand: in its subject, above its text, and in Slack's header."""

from dataclasses import replace

from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Story
from investor_flows.wording.subject import TAG, fitting


def marked_as_replay(story: Story, original: str, phrases: Phrases) -> Story:
    """Say that the message repeats the one of another receipt."""
    mark = phrases.say("replay", original)
    return replace(
        story,
        subject=fitting(f"{TAG} REPLAY{story.subject.removeprefix(TAG)}"),
        headline=phrases.say("replay_of", story.headline),
        lead=(mark, *story.lead),
    )
