api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

event "plan-received" { title = "Nhận được kế hoạch", by_unit = true }

report "1" { title = "Hằng tháng", text = "trước ngày 25 hằng tháng", lead = "@all", to = "PV01", due = every("month", { before_day = 25 }) }
task "2" { title = "Theo sự kiện", lead = "PC06", due = within(10, "days", "plan-received") }

test "đúng" { at = "2026-11-20", unit = "thu/PC06", given = { occurred("plan-received", "2026-02-06") },
  expect = { { ref = "1", period = "2026-11", due = "2026-11-24", act_by = "2026-11-23", state = "open" },
             { ref = "2", due = "2026-02-23", state = "overdue" } } }
