api(1)
plan "hai" { org = "thu", title = "Kế hoạch hai", issued = "2026-01-07", period = "2026" }
task "1" { title = "Việc", text = "Trước ngày 20/03/2026", lead = "PV01", due = before "20/04/2026" }
test "sai" { at = "2026-01-12", unit = "thu/PV01", expect = { { ref = "1", due = "2026-03-19" } } }
