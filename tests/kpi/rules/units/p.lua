api(1)

org "p" { title = "Công an huyện thử", units = { A = { title = "Đội A" } } }
