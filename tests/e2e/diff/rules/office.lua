api(1)
org "thu" { title = "Công an thử", units = { PV01 = { title = "Phòng Tham mưu" }, PC06 = { title = "Phòng QLHC" } } }
