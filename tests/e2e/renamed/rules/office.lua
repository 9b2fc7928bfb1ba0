api(1)

org "thu" {
  title = "Công an thử",
  units = { PV01 = { title = "Phòng Tham mưu" }, PC06 = { title = "Phòng Cảnh sát QLHC về TTXH" } },
}

metric "dossiers.online" { title = "Hồ sơ trực tuyến", counted_in = "hồ sơ" }
metric "dossiers.received" { title = "Hồ sơ đã nhận", counted_in = "hồ sơ" }
