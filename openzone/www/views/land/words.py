"""States of land in words, and the classes of their marks."""

from openzone.engines.projects.landcheck import CheckState, Light
from openzone.engines.projects.landidle import IdleState
from openzone.engines.text import Text
from openzone.zone.land.selectors.deliveries import DeliveryState

DELIVERIES = {
    DeliveryState.RUNNING: (Text("进行中", "under way"), ""),
    DeliveryState.DUE_SOON: (Text("即将到期", "due soon"), "chip-warn"),
    DeliveryState.LATE: (Text("逾期", "late"), "chip-old"),
    DeliveryState.DONE: (Text("按期交付", "handed over in time"), "chip-now"),
    DeliveryState.DONE_LATE: (Text("逾期交付", "handed over late"), "chip-warn"),
    DeliveryState.GIVEN_UP: (Text("已终止", "given up"), ""),
}
CHECKS = {
    CheckState.NOT_SET: (Text("未定日期", "no day set"), ""),
    CheckState.NOT_DUE: (Text("未到期", "not due"), ""),
    CheckState.DUE_SOON: (Text("即将到期", "due soon"), "chip-warn"),
    CheckState.OVERDUE: (Text("逾期未核验", "overdue"), "chip-old"),
    CheckState.OPEN: (Text("待补数据", "figures missing"), "chip-warn"),
    CheckState.HELD: (Text("已核验", "held"), "chip-now"),
}
LIGHTS = {
    Light.GREEN: (Text("达标", "kept"), "met", "circle-check"),
    Light.YELLOW: (Text("容差内", "tolerated"), "near", "alert-triangle"),
    Light.RED: (Text("未达标", "missed"), "not_met", "circle-x"),
    Light.UNKNOWN: (Text("待核验", "not known"), "unknown", "help-circle"),
}
IDLE = {
    IdleState.UNKNOWN: (Text("情况不明", "not known"), "chip-warn"),
    IdleState.BEFORE: (Text("未到动工日", "not due yet"), ""),
    IdleState.WORKING: (Text("已动工", "under way"), "chip-now"),
    IdleState.LATE: (Text("逾期未动工", "late"), "chip-warn"),
    IdleState.NEAR: (Text("临近一年", "a year is near"), "chip-warn"),
    IdleState.PAST: (Text("已满一年", "a year is over"), "chip-old"),
    IdleState.PAST_TWICE: (Text("已满两年", "two years are over"), "chip-old"),
}
