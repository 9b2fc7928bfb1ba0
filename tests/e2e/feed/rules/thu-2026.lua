api(1)

org "thu" { title = "Công an thử",
  units = { PV01 = { title = "Phòng Tham mưu" }, PC06 = { title = "Phòng Cảnh sát QLHC về TTXH" } } }

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", number = "1/KH-THU", issued = "2026-01-07", period = "2026" }

event "plan-received" { title = "Nhận được kế hoạch", by_unit = true }

report "1" { title = "Báo cáo quý", text = "trước ngày 15 của tháng cuối quý", lead = "@all", to = "PV01",
  due = every("quarter", { before_day = 15 }),
  kpi "in-time" { title = "Báo cáo quý gửi đúng hạn", measure = on_time("1"), target = at_least(90, "%") } }
task "2" { title = "Kế hoạch của đơn vị", text = "trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch", lead = "@all",
  due = within(10, "days", "plan-received") }
task "3" { title = "Việc, có dấu phẩy; chấm phẩy \\ và một tên gọi dài đến mức một dòng không đủ chỗ", lead = "PC06",
  with = "PV01", due = before "20/12/2026" }
