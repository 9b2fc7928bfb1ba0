api(1)
-- Số liệu của các phép thử nhận số liệu.
metric "dossiers.received" { title = "Tiếp nhận", counted_in = "hồ sơ" }
metric "dossiers.resolved" { title = "Giải quyết", counted_in = "hồ sơ",
  equals = sum("dossiers.resolved_early", "dossiers.resolved_on_time", "dossiers.resolved_late") }
metric "dossiers.resolved_early" { title = "Trước hạn", counted_in = "hồ sơ" }
metric "dossiers.resolved_on_time" { title = "Đúng hạn", counted_in = "hồ sơ" }
metric "dossiers.resolved_late" { title = "Quá hạn", counted_in = "hồ sơ" }
metric "ratings.total" { title = "Đánh giá", counted_in = "lượt" }
metric "ratings.satisfied" { title = "Hài lòng", counted_in = "lượt", never_above = "ratings.total" }
metric "visits.wait_minutes" { title = "Chờ", counted_in = "phút", decimals = 2 }
metric "score" { title = "Điểm", counted_in = "điểm", decimals = 4 }
