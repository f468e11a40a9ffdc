"""The rules, one file each."""

from __future__ import annotations

from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.rules.dmn001_internal_error import InternalError
from daemon_lint.rules.dmn002_cannot_parse import CannotParse
from daemon_lint.rules.dmn101_unregistered_subscription import UnregisteredSubscription
from daemon_lint.rules.dmn102_unregistered_interval import UnregisteredInterval
from daemon_lint.rules.dmn103_unregistered_task import UnregisteredTask
from daemon_lint.rules.dmn104_handle_overwritten import HandleOverwritten
from daemon_lint.rules.dmn105_leak_on_exception import LeakOnException
from daemon_lint.rules.dmn106_hand_managed_handle import HandManagedHandle
from daemon_lint.rules.dmn107_duplicate_interval_name import DuplicateIntervalName
from daemon_lint.rules.dmn108_late_registration import LateRegistration
from daemon_lint.rules.dmn201_override_skips_super import OverrideSkipsSuper
from daemon_lint.rules.dmn202_super_not_on_every_path import SuperNotOnEveryPath
from daemon_lint.rules.dmn203_super_not_awaited import SuperNotAwaited
from daemon_lint.rules.dmn204_super_wrong_target import SuperWrongTarget
from daemon_lint.rules.dmn205_override_changes_kind import OverrideChangesKind
from daemon_lint.rules.dmn206_override_of_final import OverrideOfFinal
from daemon_lint.rules.dmn207_shadowed_state import ShadowedState
from daemon_lint.rules.dmn301_hand_rolled_ready import HandRolledReady
from daemon_lint.rules.dmn302_sleep_for_readiness import SleepForReadiness
from daemon_lint.rules.dmn303_unknown_daemon import UnknownDaemon
from daemon_lint.rules.dmn304_ready_cycle import ReadyCycle

__all__ = ["ModuleCheck", "Rule", "all_rules"]


def all_rules() -> tuple[type[Rule], ...]:
    """All rules by code."""
    return (
        InternalError,
        CannotParse,
        UnregisteredSubscription,
        UnregisteredInterval,
        UnregisteredTask,
        HandleOverwritten,
        LeakOnException,
        HandManagedHandle,
        DuplicateIntervalName,
        LateRegistration,
        OverrideSkipsSuper,
        SuperNotOnEveryPath,
        SuperNotAwaited,
        SuperWrongTarget,
        OverrideChangesKind,
        OverrideOfFinal,
        ShadowedState,
        HandRolledReady,
        SleepForReadiness,
        UnknownDaemon,
        ReadyCycle,
    )
