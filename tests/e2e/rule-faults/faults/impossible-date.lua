api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

task "1" { title = "Ngày không có", lead = "PV01", due = before "2026-02-31" }
task "2" { title = "Tháng không có", lead = "PV01", due = month "2026-13" }
task "3" { title = "Ngày in không có", lead = "PV01", due = on "31/04/2026" }
