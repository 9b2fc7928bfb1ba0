api(1)

-- Sáp nhập từ 01/3/2026: hai huyện vào xã KHU, văn phòng cũ (VPC) vào Phòng Tham mưu (PV01).
org "thu" {
  title = "Công an tỉnh Thử",
  units = {
    PV01 = { title = "Phòng Tham mưu" },
    VPC = { title = "Văn phòng cũ", until_day = "2026-02-28", heir = "thu/PV01" },
    HDONG = { title = "Công an huyện Đông", until_day = "2026-02-28", heir = "thu/KHU" },
    HTAY = { title = "Công an huyện Tây", until_day = "2026-02-28", heir = "thu/KHU" },
    KHU = { title = "Công an xã Khu", from_day = "2026-03-01" },
    GD = { title = "Ban Giám đốc cũ", until_day = "2026-02-28", heir = "thu/GDM" },
    GDM = { title = "Ban Giám đốc mới", from_day = "2026-03-01" },
  },
}

plan "thu-2026" { org = "thu", issued = "2026-01-07", period = "2026", title = "Kế hoạch thử" }

event "plan-received" { title = "Nhận được kế hoạch", by_unit = true }

report "1" {
  title = "Báo cáo tháng",
  lead = { "HDONG", "HTAY" },
  to = "VPC",
  with = "GD",
  due = every("month", { before_day = 25, only = { 2, 3 } }),
  escalate = { after = workdays(2), to = "GD" },
}

task "2" {
  title = "Kế hoạch của đơn vị",
  lead = { "HDONG", "HTAY" },
  to = "VPC",
  due = within(10, "days", "plan-received"),
}
