api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

event "plan-received" { title = "Nhận được kế hoạch", by_unit = true }
task "1" { title = "Sai sự kiện", lead = "PV01", due = within(10, "days", "plan-recieved") }
