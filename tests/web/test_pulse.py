"""The memory of answers: kept until the store changes, worked out once however many ask."""

import threading
import time

from dragoman.store import Store, open_store
from dragoman.web.pulse import Pulse
from make_store import coded


def test_answer_is_kept_until_somebody_writes(store: Store) -> None:
    pulse, calls = Pulse(store), []
    for _ in range(3):
        pulse.recall("key", lambda: calls.append(1))
    assert len(calls) == 1
    with open_store(store.place) as other:
        other.add(coded("Sona visited Georgia on 2024-07-01.", id="new"))
    pulse.recall("key", lambda: calls.append(1))
    assert len(calls) == 2
    pulse.close()


def test_one_thread_works_for_all_that_ask_at_once(store: Store) -> None:
    pulse, calls, answers = Pulse(store), [], []

    def work() -> int:
        calls.append(1)
        time.sleep(0.2)
        return 7

    threads = [threading.Thread(target=lambda: answers.append(pulse.recall("key", work))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(calls), answers) == (1, [7] * 6)
    pulse.close()


def test_a_recall_within_a_recall_does_not_wait_for_itself(store: Store) -> None:
    pulse = Pulse(store)
    assert pulse.recall("outer", lambda: pulse.recall("inner", lambda: 1) + 1) == 2
    pulse.close()
