api(1)
plan "mot" { org = "thu", title = "Kế hoạch một", issued = "2026-01-07", period = "2026" }
task "1" { title = "Việc", text = "Trước ngày 20/02/2026", lead = "PV01", due = before "20/02/2026" }
test "trước ngày 20/02" { at = "2026-01-12", unit = "thu/PV01", expect = { { ref = "1", due = "2026-02-19" } } }
