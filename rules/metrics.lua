api(1)

-- Số liệu dùng chung của mọi kế hoạch. Một tên, một nghĩa: mỗi đơn vị báo cáo theo đúng định nghĩa ở đây.
-- Số liệu riêng của một kế hoạch đứng trong tệp của kế hoạch đó.
--
-- over_time: "sum" (mặc định) là số phát sinh trong kỳ, cộng được qua các tháng; "last" là số có tại cuối kỳ
-- (người, bộ phận, thủ tục, kết quả đang có hiệu lực, hồ sơ đang tồn), không cộng qua các tháng.
--
-- never_above chỉ đặt ở chỗ hai số đếm cùng một việc trong cùng kỳ, nên số sau không thể lớn hơn số trước. Chỗ hai số có thể
-- lệch kỳ (tiếp nhận tháng này, giải quyết tháng sau) thì không đặt: hồ sơ giải quyết trong tháng có thể nhiều hơn hồ sơ tiếp
-- nhận trong tháng; chỉ tiêu có tử số lớn hơn mẫu số khi đó hiện là "invalid", không bị che đi.

-- Hồ sơ thủ tục hành chính (TTHC)

metric "dossiers.received" { title = "Hồ sơ TTHC tiếp nhận trong kỳ", counted_in = "hồ sơ",
  note = "Không gồm hồ sơ kỳ trước chuyển sang." }

metric "dossiers.online_eligible" { title = "Hồ sơ TTHC đủ điều kiện xử lý trực tuyến", counted_in = "hồ sơ" }

metric "dossiers.online" { title = "Hồ sơ TTHC được xử lý trực tuyến", counted_in = "hồ sơ" }

metric "dossiers.resolved" { title = "Hồ sơ TTHC đã giải quyết trong kỳ", counted_in = "hồ sơ", over_time = "sum",
  equals = sum("dossiers.resolved_early", "dossiers.resolved_on_time", "dossiers.resolved_late") }

metric "dossiers.resolved_early" { title = "Hồ sơ TTHC giải quyết trước hạn", counted_in = "hồ sơ",
  never_above = "dossiers.resolved" }

metric "dossiers.resolved_on_time" { title = "Hồ sơ TTHC giải quyết đúng hạn", counted_in = "hồ sơ",
  never_above = "dossiers.resolved", note = "Không gồm hồ sơ trước hạn." }

metric "dossiers.resolved_late" { title = "Hồ sơ TTHC giải quyết quá hạn", counted_in = "hồ sơ",
  never_above = "dossiers.resolved" }

metric "dossiers.by_process" { title = "Hồ sơ TTHC tiếp nhận, giải quyết đúng quy trình một cửa", counted_in = "hồ sơ",
  never_above = "dossiers.received", note = "Đếm trong số hồ sơ tiếp nhận trong kỳ." }

metric "dossiers.pending" { title = "Hồ sơ TTHC đang giải quyết ở cuối kỳ", counted_in = "hồ sơ", over_time = "last" }

metric "dossiers.digitized" { title = "Hồ sơ TTHC được số hóa", counted_in = "hồ sơ" }

metric "dossiers.e_result" { title = "Hồ sơ TTHC đã giải quyết có kết quả điện tử", counted_in = "hồ sơ",
  never_above = "dossiers.resolved" }

metric "dossiers.successful" { title = "Hồ sơ TTHC đã giải quyết thành công", counted_in = "hồ sơ",
  never_above = "dossiers.resolved" }

metric "dossiers.transferred" { title = "Hồ sơ TTHC luân chuyển giữa các cơ quan, bộ phận", counted_in = "hồ sơ" }

metric "dossiers.e_transferred" { title = "Hồ sơ TTHC luân chuyển bằng phương thức điện tử", counted_in = "hồ sơ",
  never_above = "dossiers.transferred" }

metric "dossiers.cross_boundary" { title = "Hồ sơ yêu cầu làm TTHC không phụ thuộc địa giới hành chính", counted_in = "hồ sơ" }

-- Thanh toán trực tuyến

metric "payments.eligible" { title = "Hồ sơ TTHC đủ điều kiện thanh toán trực tuyến", counted_in = "hồ sơ" }

metric "payments.online" { title = "Hồ sơ TTHC đã thanh toán trực tuyến", counted_in = "hồ sơ" }

-- Đánh giá của người dân, tổ chức

metric "ratings.total" { title = "Lượt đánh giá việc giải quyết TTHC", counted_in = "lượt" }

metric "ratings.satisfied" { title = "Lượt đánh giá hài lòng", counted_in = "lượt", never_above = "ratings.total" }

-- Chờ đợi tại Bộ phận Một cửa

metric "visits.count" { title = "Lượt người đến giao dịch", counted_in = "lượt" }

metric "visits.wait_minutes" { title = "Tổng thời gian chờ của các lượt giao dịch", counted_in = "phút", decimals = 1 }

-- Người và nơi làm việc

metric "officers.desk" { title = "Cán bộ làm tại Bộ phận Một cửa", counted_in = "người", over_time = "last" }

metric "desks.total" { title = "Bộ phận Một cửa", counted_in = "bộ phận", over_time = "last" }

metric "desks.digitizing" { title = "Bộ phận Một cửa đã triển khai số hóa hồ sơ", counted_in = "bộ phận", over_time = "last",
  never_above = "desks.total" }

-- Kết quả giải quyết còn hiệu lực (toàn bộ đang có, không phải số phát sinh trong kỳ)

metric "results.valid" { title = "Kết quả giải quyết TTHC còn hiệu lực", counted_in = "kết quả", over_time = "last" }

metric "results.digitized" { title = "Kết quả còn hiệu lực đã số hóa", counted_in = "kết quả", over_time = "last",
  never_above = "results.valid" }

-- Thủ tục

metric "procedures.public" { title = "TTHC phải công khai", counted_in = "thủ tục", over_time = "last" }

metric "procedures.published" { title = "TTHC đã công khai đầy đủ, đúng quy định", counted_in = "thủ tục", over_time = "last",
  never_above = "procedures.public" }

metric "procedures.online" { title = "TTHC đã cung cấp dịch vụ công trực tuyến", counted_in = "thủ tục", over_time = "last" }

metric "procedures.days" { title = "Tổng thời gian giải quyết quy định của các TTHC", counted_in = "ngày", over_time = "last",
  decimals = 1, note = "Cộng thời hạn giải quyết của từng thủ tục, không phải thời gian thực tế của hồ sơ." }

-- Phản ánh, kiến nghị về quy định hành chính

metric "feedback.received" { title = "Phản ánh, kiến nghị tiếp nhận trong kỳ", counted_in = "phản ánh" }

metric "feedback.late" { title = "Phản ánh, kiến nghị xử lý chậm", counted_in = "phản ánh" }
