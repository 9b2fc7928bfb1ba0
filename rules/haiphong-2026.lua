api(1)
include "units/haiphong"

-- Công an TP Hải Phòng: Kế hoạch triển khai các nhiệm vụ xác định chỉ số cải cách hành chính (CCHC) năm 2026.
--
-- Bảng phụ lục: 69 dòng có việc, 23 đầu mục (section), 4 dòng mất trong bản quét (lost). Phần chữ: 11 việc (II và III).
--
-- Chỗ nghi ngờ trong bản gốc, và cách đọc (ghi lại ở note của từng dòng):
--   Số kế hoạch: đầu văn bản in 74, phụ lục in 44.
--   Kế hoạch của đơn vị: III.3 cho 10 ngày, dòng 1 và 1.4.2 in 7 ngày. Mỗi chỗ giữ đúng số ngày của mình.
--   Dòng 1 và 1.4.2: số ngày in trong cột nhiệm vụ, cột thời gian in "Theo kế hoạch …": theo số ngày, vì sớm hơn.
--   Mục 2.2 và 9: các cột dồn vào nhau, cột thời gian của 2.2.1, 9.2, 9.3 không còn. Mục 6: cột sản phẩm lệch lên một dòng.
--   Dòng 2.2.1: "PH06" không có trong danh sách đơn vị; "PX04" in lạc trong cột sản phẩm.
--   Mất: 1.6 và 1.6.1 ở chỗ ngắt trang; 1.1 và 1.4.1 theo cách đánh số.
--
-- Nhiều dòng ghi phối hợp với một đội của PV01: đơn vị phối hợp là cả phòng, tên đội giữ ở with_text.

plan "haiphong-2026" {
  org = "haiphong", number = "74/KH-CAHP-PV01", issued = "2026-01-07", period = "2026",
  title = "Chỉ số cải cách hành chính 2026, Công an TP Hải Phòng",
  note = "Đầu văn bản in số 74, phụ lục in số 44: lấy số 74. Trong bài có chỗ gọi kế hoạch này là công văn.",
}

-- Sự kiện -----------------------------------------------------------------------------------------------------------

-- Mỗi đơn vị có ngày riêng:
event "plan-received" { title = "Nhận được Kế hoạch CCHC năm 2026 của CATP", by_unit = true }
event "premises-settled" { title = "Được bố trí trụ sở ổn định", by_unit = true,
  note = "Đơn vị đã có trụ sở ổn định từ trước: ghi ngày nhận được Kế hoạch." }
event "difficulty" { title = "Có khó khăn, vướng mắc khi thực hiện Kế hoạch", by_unit = true, repeats = true }
event "director-order" { title = "Giám đốc CATP giao nhiệm vụ khác hoặc đột xuất", by_unit = true, repeats = true }
event "bca-procedures-announced" { title = "Bộ Công an công bố TTHC thuộc lĩnh vực của đơn vị", by_unit = true, repeats = true }
event "bca-internal-published" { title = "BCA công khai TTHC nội bộ và Phòng chức năng hướng dẫn", repeats = true }

-- Kế hoạch, chỉ đạo khác ấn định ngày (ghi nhận khi biết ngày):
event "reporting-plan" { title = "Kỳ báo cáo CCHC do kế hoạch của BCA hoặc CATP ấn định", repeats = true,
  note = "Mỗi kỳ báo cáo, định kỳ hay đột xuất, ghi một lần." }
event "bca-inspection-plan" { title = "Kế hoạch của BCA, UBND thành phố về kiểm tra CCHC" }
event "catp-inspection-plan" { title = "Kế hoạch của Giám đốc CATP về kiểm tra CCHC" }
event "bca-publicity-plan" { title = "Kế hoạch của BCA, UBND thành phố về tuyên truyền CCHC" }
event "catp-publicity-plan" { title = "Kế hoạch của Giám đốc CATP về tuyên truyền CCHC" }
event "bca-review-plan" { title = "Kế hoạch của BCA, UBND thành phố về rà soát TTHC" }
event "bca-internal-review-plan" { title = "Kế hoạch của BCA về rà soát TTHC nội bộ" }
event "bca-internal-decision" { title = "Quyết định của BCA về giải quyết TTHC nội bộ" }
event "org-inspection-plan" { title = "Kế hoạch kiểm tra tổ chức, hoạt động đơn vị trực thuộc được duyệt (4.2.1)" }
event "bca-downsizing" { title = "Chỉ đạo của BCA về tinh giản biên chế" }
event "bca-training" { title = "Chỉ đạo của BCA về đào tạo, bồi dưỡng cán bộ" }
event "officer-rules" { title = "Quy định về đánh giá, quản lý cán bộ chiến sĩ ấn định ngày" }
event "bca-finance-rules" { title = "Chỉ đạo của BCA về quy trình, quy chế tài chính, hậu cần" }
event "bca-finance-democracy" { title = "Chỉ đạo của BCA về quy chế dân chủ tài chính" }
event "bca-finance-inspection" { title = "Chỉ đạo của BCA về kiểm tra tài chính, tài sản" }
event "bca-digital-plan" { title = "Chỉ đạo của BCA về công nghệ thông tin, chuyển đổi số" }
event "bca-software" { title = "Chỉ đạo của BCA về phần mềm dùng chung, phần mềm chuyên ngành" }
event "bca-iso-plan" { title = "Kế hoạch của BCA về áp dụng ISO" }
event "catp-survey-plan" { title = "Kế hoạch hướng dẫn của CATP về lấy ý kiến đánh giá" }
event "v03-notice" { title = "Thông báo của V03, BCA về kết quả đánh giá", repeats = true, note = "Mỗi thông báo ghi một lần." }

-- Số liệu riêng của kế hoạch này (số liệu chung: metrics.lua) -------------------------------------------------------
-- "Lũy kế": tính từ đầu kế hoạch đến cuối kỳ báo cáo.

metric "plan_officers.total" { title = "Cán bộ chiến sĩ của đơn vị", counted_in = "người", over_time = "last" }
metric "plan_officers.informed" { title = "Cán bộ chiến sĩ đã được quán triệt Kế hoạch (lũy kế)", counted_in = "người",
  over_time = "last", never_above = "plan_officers.total" }

metric "unit_plan.tasks" { title = "Nhiệm vụ trong kế hoạch CCHC của đơn vị", counted_in = "nhiệm vụ", over_time = "last" }
metric "unit_plan.done" { title = "Nhiệm vụ của kế hoạch đơn vị đạt kết quả (lũy kế)", counted_in = "nhiệm vụ",
  over_time = "last", never_above = "unit_plan.tasks" }

metric "reform_inspections.units_total" { title = "Đơn vị trực thuộc CATP", counted_in = "đơn vị", over_time = "last" }
metric "reform_inspections.units" { title = "Đơn vị được kiểm tra CCHC (lũy kế)", counted_in = "đơn vị",
  over_time = "last", never_above = "reform_inspections.units_total" }
metric "reform_inspections.contents" { title = "Nội dung kiểm tra CCHC theo kế hoạch", counted_in = "nội dung",
  over_time = "last" }
metric "reform_inspections.contents_done" { title = "Nội dung kiểm tra CCHC đã hoàn thành (lũy kế)", counted_in = "nội dung",
  over_time = "last", never_above = "reform_inspections.contents" }

metric "publicity.tasks" { title = "Nội dung của kế hoạch tuyên truyền CCHC", counted_in = "nội dung", over_time = "last" }
metric "publicity.done" { title = "Nội dung tuyên truyền CCHC đã thực hiện (lũy kế)", counted_in = "nội dung",
  over_time = "last", never_above = "publicity.tasks" }

metric "internal_dossiers.resolved" { title = "Hồ sơ TTHC nội bộ đã giải quyết", counted_in = "hồ sơ" }
metric "internal_dossiers.correct" { title = "Hồ sơ TTHC nội bộ giải quyết đúng quy trình, quy định", counted_in = "hồ sơ",
  never_above = "internal_dossiers.resolved" }
metric "internal_dossiers.complaints" { title = "Phản ánh, kiến nghị về TTHC nội bộ", counted_in = "phản ánh" }

metric "internal_cuts.procedures" { title = "TTHC nội bộ thuộc lĩnh vực của đơn vị", counted_in = "thủ tục",
  over_time = "last" }
metric "internal_cuts.proposed" { title = "TTHC nội bộ được đề xuất cắt giảm (lũy kế)", counted_in = "thủ tục",
  over_time = "last", never_above = "internal_cuts.procedures" }

metric "org_inspections.units_total" { title = "Đơn vị trực thuộc thuộc diện kiểm tra tổ chức, hoạt động", counted_in = "đơn vị",
  over_time = "last" }
metric "org_inspections.units_planned" { title = "Đơn vị có trong kế hoạch kiểm tra tổ chức, hoạt động", counted_in = "đơn vị",
  over_time = "last", never_above = "org_inspections.units_total" }
metric "org_inspections.units_done" { title = "Đơn vị trong kế hoạch đã được kiểm tra (lũy kế)", counted_in = "đơn vị",
  over_time = "last", never_above = "org_inspections.units_planned" }
metric "org_inspections.issues" { title = "Vấn đề phát hiện qua kiểm tra (lũy kế)", counted_in = "vấn đề", over_time = "last" }
metric "org_inspections.issues_handled" { title = "Vấn đề phát hiện đã xử lý (lũy kế)", counted_in = "vấn đề",
  over_time = "last", never_above = "org_inspections.issues" }

metric "downsizing.tasks" { title = "Nội dung của kế hoạch tinh giản biên chế", counted_in = "nội dung", over_time = "last" }
metric "downsizing.done" { title = "Nội dung tinh giản biên chế đã hoàn thành (lũy kế)", counted_in = "nội dung",
  over_time = "last", never_above = "downsizing.tasks" }

metric "officer_training.tasks" { title = "Nội dung của kế hoạch đào tạo, bồi dưỡng", counted_in = "nội dung",
  over_time = "last" }
metric "officer_training.done" { title = "Nội dung đào tạo, bồi dưỡng đã hoàn thành (lũy kế)", counted_in = "nội dung",
  over_time = "last", never_above = "officer_training.tasks" }

metric "officer_grades.total" { title = "Cán bộ chiến sĩ được đánh giá, phân loại trong năm", counted_in = "người" }
metric "officer_grades.fulfilled" { title = "Cán bộ chiến sĩ được đánh giá hoàn thành chức trách, nhiệm vụ", counted_in = "người",
  never_above = "officer_grades.total" }

metric "digital_plan.tasks" { title = "Nhiệm vụ của kế hoạch công nghệ thông tin, chuyển đổi số", counted_in = "nhiệm vụ",
  over_time = "last" }
metric "digital_plan.done" { title = "Nhiệm vụ công nghệ thông tin, chuyển đổi số đã đạt kết quả (lũy kế)",
  counted_in = "nhiệm vụ", over_time = "last", never_above = "digital_plan.tasks" }

metric "software.units" { title = "Đơn vị thuộc diện triển khai phần mềm", counted_in = "đơn vị", over_time = "last",
  note = "Mỗi đơn vị ghi 1." }
metric "software.documents" { title = "Đơn vị đã dùng phần mềm quản lý văn bản", counted_in = "đơn vị", over_time = "last",
  never_above = "software.units", note = "Ghi 1 nếu đã dùng, 0 nếu chưa." }
metric "software.work" { title = "Đơn vị đã dùng phần mềm quản lý công việc", counted_in = "đơn vị", over_time = "last",
  never_above = "software.units", note = "Ghi 1 nếu đã dùng, 0 nếu chưa." }

metric "online_services.required" { title = "TTHC phải cung cấp dịch vụ công trực tuyến (Quyết định 7163/QĐ-BCA)",
  counted_in = "thủ tục", over_time = "last" }

metric "dossiers.overdue" { title = "Hồ sơ TTHC quá hạn còn tồn ở cuối kỳ", counted_in = "hồ sơ", over_time = "last",
  never_above = "dossiers.pending" }

metric "common_documents.total" { title = "Hồ sơ, tài liệu hình thành phổ biến", counted_in = "tài liệu", over_time = "last" }
metric "common_documents.digitized" { title = "Hồ sơ, tài liệu hình thành phổ biến đã số hóa", counted_in = "tài liệu",
  over_time = "last", never_above = "common_documents.total" }

metric "iso.procedures" { title = "TTHC thuộc diện áp dụng ISO 9001:2015", counted_in = "thủ tục", over_time = "last" }
metric "iso.applied" { title = "TTHC áp dụng đúng quy định ISO 9001:2015", counted_in = "thủ tục", over_time = "last",
  never_above = "iso.procedures" }

metric "cross_boundary.accepted" { title = "Hồ sơ phi địa giới được tiếp nhận", counted_in = "hồ sơ",
  never_above = "dossiers.cross_boundary" }
metric "cross_boundary.resolved" { title = "Hồ sơ phi địa giới đã giải quyết", counted_in = "hồ sơ" }
metric "cross_boundary.in_time" { title = "Hồ sơ phi địa giới giải quyết trước hạn và đúng hạn", counted_in = "hồ sơ",
  never_above = "cross_boundary.resolved" }

metric "survey.answers" { title = "Ý kiến đánh giá của người dân, tổ chức, sở ngành, UBND cấp xã", counted_in = "ý kiến" }
metric "survey.rules_ok" { title = "Ý kiến: tiếp nhận, giải quyết đúng quy định một cửa", counted_in = "ý kiến",
  never_above = "survey.answers" }
metric "survey.scope_ok" { title = "Ý kiến: số lượng TTHC tại một cửa phù hợp", counted_in = "ý kiến",
  never_above = "survey.answers" }
metric "survey.premises_ok" { title = "Ý kiến: cơ sở vật chất, trang thiết bị bảo đảm", counted_in = "ý kiến",
  never_above = "survey.answers" }
metric "survey.service_ok" { title = "Ý kiến: hài lòng về chất lượng phục vụ", counted_in = "ý kiến",
  never_above = "survey.answers" }

-- Phần chữ ----------------------------------------------------------------------------------------------------------

task "II" { title = "Nhiệm vụ khác, đột xuất do Giám đốc CATP giao", text = "(hoặc đột xuất) theo chỉ đạo của Giám đốc CATP",
  lead = "@all", due = request "director-order" }

-- III.1, III.2: CATP

task "III.1" { title = "Quyết định thành lập Tổ giúp việc CCHC của CATP", text = "Hoàn thành trong tháng 01/2026",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị", due = month "2026-01",
  product = "Quyết định của Giám đốc CATP" }

meeting "III.2" { title = "Giao ban kiểm đếm công tác CCHC", text = "Định kỳ (vào tuần cuối cùng của các tháng 1, 4, 7)",
  lead = "PV01", due = last_week_of { "2026-01", "2026-04", "2026-07" },
  note = "Kế hoạch chỉ nêu tháng 1, 4, 7, không có tháng 10." }

-- III.3: Trưởng Công an các đơn vị, địa phương (ba gạch đầu dòng a, b, c)

task "III.3.a" { title = "Trưởng đơn vị trực tiếp chỉ đạo và chịu trách nhiệm về kết quả",
  lead = "@all", lead_text = "Trưởng Công an các đơn vị, địa phương", due = ongoing,
  note = "Không in thời gian: việc thường xuyên. Phần quán triệt in ở gạch thứ hai, cùng câu với III.3.b.",

  part "dissemination" { title = "Quán triệt toàn văn kế hoạch đến cán bộ chiến sĩ", text = "trong thời hạn 10 ngày",
    due = within(10, "days", "plan-received"),
    note = "Không rõ 10 ngày có tính cho việc quán triệt hay chỉ cho kế hoạch của đơn vị: lấy 10 ngày." },

  kpi "informed" { title = "Cán bộ chiến sĩ được quán triệt kế hoạch", text = "đến 100% cán bộ chiến sỹ",
    measure = ratio("plan_officers.informed", "plan_officers.total"), target = at_least(100, "%") },
}

task "III.3.b" { title = "Kế hoạch triển khai của đơn vị",
  text = "trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch",
  lead = "@all", lead_text = "Trưởng Công an các đơn vị, địa phương", to = "PV01", via = "Đội 6",
  due = within(10, "days", "plan-received"), product = "Kế hoạch của đơn vị, gửi về CATP", also = "1",
  note = "Dòng 1 và 1.4.2 của bảng in 7 ngày; ở đây in 10 ngày. Mỗi chỗ giữ đúng số ngày của mình." }

report "III.3.c" { title = "Báo cáo tháng về kết quả thực hiện", text = "trước ngày 25 hằng tháng",
  lead = "@all", lead_text = "Trưởng Công an các đơn vị, địa phương", to = "PV01", via = "Đội 6",
  due = every("month", { before_day = 25 }), also = "1.2",
  product = "Báo cáo kết quả thực hiện các nhiệm vụ được giao" }

-- III.4: Phòng PV01 (bốn gạch đầu dòng a, b, c, d)

task "III.4.a" { title = "Hướng dẫn, đôn đốc, kiểm đếm tiến độ, tổng hợp báo cáo Giám đốc CATP",
  lead = "PV01", due = ongoing, note = "Không in thời gian: việc thường xuyên." }

task "III.4.b" { title = "Nâng cấp, phát huy Cổng thông tin điện tử CATP để tuyên truyền CCHC",
  lead = "PV01", due = ongoing, note = "Không in thời gian (“Tiếp tục …”): việc thường xuyên." }

task "III.4.c" { title = "Phát hiện vấn đề phát sinh, tham mưu Giám đốc CATP khắc phục",
  lead = "PV01", due = ongoing, note = "Không in thời gian (“Chủ động”, “kịp thời”): việc thường xuyên." }

task "III.4.d" { title = "Phối hợp với các đơn vị chức năng thực hiện nhiệm vụ được giao",
  lead = "PV01", due = ongoing, note = "Không in thời gian: việc thường xuyên. Không nêu tên đơn vị chức năng." }

-- Câu kết của phần III, in sau dấu *, không có số

report "III.cuoi" { title = "Báo cáo kịp thời khó khăn, vướng mắc", text = "kịp thời báo cáo",
  lead = "@all", to = "PV01", via = "Đội 6", due = at_once "difficulty",
  note = "Câu cuối phần III, in sau dấu * và không có số. "
    .. "“Kịp thời” không có số ngày: lấy cách sớm nhất, ngày làm việc đầu tiên sau khi phát sinh." }

-- Phụ lục: các nhiệm vụ trọng tâm -----------------------------------------------------------------------------------

-- 1. Công tác chỉ đạo điều hành

task "1" { title = "Ban hành kế hoạch CCHC của đơn vị, phân công rõ việc, rõ kết quả",
  text = "sau 7 ngày kể từ ngày nhận được Kế hoạch của CATP",
  lead = "@all", with = "PV01", with_text = "PV01 (Đội 6)", due = within(7, "days", "plan-received"), also = "III.3.b",
  product = "Các kế hoạch CCHC, cải cách và kiểm soát TTHC, một cửa, TTHC điện tử, bảo đảm “6 rõ”",
  note = "Cột thời gian in “Theo kế hoạch của BCA, UBND thành phố”, III.3 cho 10 ngày: lấy 7 ngày, sớm nhất.",

  kpi "tasks" { title = "Nhiệm vụ trong kế hoạch của đơn vị đạt kết quả", text = "từ 80% trở lên",
    measure = ratio("unit_plan.done", "unit_plan.tasks"), target = at_least(80, "%"),
    note = "Kế hoạch đặt mức 80% cho từng nhiệm vụ; ở đây đo bằng phần nhiệm vụ đạt kết quả." },
}

lost "1.1" "Không có dòng 1.1 trong bảng: sau dòng 1 là 1.2. Việc của 1.1 có thể là việc in ở dòng 1."

report "1.2" { title = "Thực hiện chế độ báo cáo CCHC định kỳ, đột xuất", text = "Theo kế hoạch của BCA và CATP",
  lead = "@all", with = "PV01", with_text = "PV01 (Đội 6)",
  to = "PV01", via = "Đội 6", due = schedule "reporting-plan", also = "III.3.c",
  product = "Báo cáo đúng thời hạn, đủ nội dung",
  note = "Báo cáo để PV01 tổng hợp; các ngày gửi đã biết: III.3.c (hằng tháng), 10.2.1.",

  kpi "in-time" { title = "Báo cáo tháng gửi đúng hạn", text = "đảm bảo 90% theo KH đề ra",
    measure = on_time("III.3.c"), target = at_least(90, "%"),
    note = "Đo bằng báo cáo tháng III.3.c, là báo cáo mà đơn vị nào cũng phải gửi; PV01 nhận báo cáo nên không tính." },
}

section "1.3" "Chỉ đạo điều hành, đôn đốc thực hiện CCHC"

task "1.3.1" { title = "Tham mưu văn bản chỉ đạo, đôn đốc CCHC trên các lĩnh vực của CATP", text = "Thường xuyên",
  lead = { "PV01", "PX01", "PX03", "PH10", "PV06", "PA05", "PA08", "PC04", "PC06", "PC07", "PC08" },
  with = { "@departments", "@commune" }, due = ongoing,
  product = "Văn bản chỉ đạo, đôn đốc của Giám đốc CATP và theo hệ lực lượng",
  note = "Sản phẩm in ở dòng đầu mục 1.3." }

task "1.3.2" { title = "Ban hành văn bản chỉ đạo, đôn đốc CCHC tại đơn vị", text = "Thường xuyên",
  lead = "@all", with = "PV01", with_text = "PV01 (Đội 6)",
  due = ongoing, product = "Văn bản chỉ đạo, đôn đốc của Trưởng đơn vị" }

task "1.4" { title = "Xây dựng, thực hiện Kế hoạch kiểm tra CCHC năm 2026 của CATP",
  text = "Theo Kế hoạch chỉ đạo của BCA, UBND thành phố",
  lead = "PV01", lead_text = "PV01 (Đội 6)", with = "@all", due = schedule "bca-inspection-plan",
  product = "Kế hoạch kiểm tra CCHC trong CATP",

  part "report" { kind = "report", title = "Báo cáo kết quả kiểm tra CCHC gửi BCA",
    text = "Theo Kế hoạch chỉ đạo của BCA, UBND thành phố", to = "BCA", due = schedule "bca-inspection-plan",
    product = "Báo cáo kết quả kiểm tra", note = "Chỉ in trong cột sản phẩm, không in ngày riêng." },

  kpi "units" { title = "Đơn vị trực thuộc được kiểm tra CCHC", text = "từ 25% số đơn vị trực thuộc",
    measure = ratio("reform_inspections.units", "reform_inspections.units_total"), target = at_least(25, "%") },

  kpi "contents" { title = "Nội dung kiểm tra CCHC hoàn thành", text = "hoàn thành 100% các nội dung kiểm tra",
    measure = ratio("reform_inspections.contents_done", "reform_inspections.contents"), target = at_least(100, "%") },
}

lost "1.4.1" "Không có dòng 1.4.1 trong bảng: sau dòng 1.4 là 1.4.2. Việc của 1.4.1 có thể là việc in ở dòng 1.4."

task "1.4.2" { title = "Xây dựng Kế hoạch kiểm tra CCHC tại đơn vị",
  text = "sau 7 ngày kể từ ngày nhận được Kế hoạch của CATP",
  lead = "@all", with = "PV01", with_text = "PV01 (Đội 6)",
  due = within(7, "days", "plan-received"), see = { "1.4", "III.3.b" },
  product = "Kế hoạch kiểm tra CCHC của đơn vị",
  note = "Lấy 7 ngày, sớm nhất (III.3 cho 10 ngày). “Kế hoạch của CATP” có thể là kế hoạch ở 1.4.",

  part "report" { kind = "report", title = "Báo cáo kết quả kiểm tra CCHC tại đơn vị",
    text = "Theo Kế hoạch chỉ đạo của Giám đốc CATP", to = "PV01", due = schedule "catp-inspection-plan",
    product = "Báo cáo kết quả, vấn đề phát hiện, xử lý và đề xuất", note = "In “gửi CATP”; đầu mối là PV01 (Đội 6)." },
}

section "1.5" "Tuyên truyền CCHC"

task "1.5.1" { title = "Xây dựng Kế hoạch tuyên truyền CCHC trong CATP",
  text = "Theo Kế hoạch chỉ đạo của BCA, UBND thành phố",
  lead = { "PV01", "PX03", "PX04" },
  lead_text = "PV01, PX03, PX04 (theo chỉ đạo của Giám đốc CATP và chức năng nhiệm vụ được giao)",
  with = "@all", due = schedule "bca-publicity-plan", product = "Kế hoạch tuyên truyền CCHC",

  kpi "done" { title = "Kết quả thực hiện kế hoạch tuyên truyền CCHC", text = "đạt 100% kết quả thực hiện theo kế hoạch",
    measure = ratio("publicity.done", "publicity.tasks"), target = at_least(100, "%") },
}

task "1.5.2" { title = "Xây dựng Kế hoạch tuyên truyền CCHC của đơn vị", text = "Theo Kế hoạch chỉ đạo của Giám đốc CATP",
  lead = "@all", with = { "PV01", "PX03", "PX04" }, with_text = "PV01 (Đội 6, 7), PX03, PX04",
  due = schedule "catp-publicity-plan",
  product = "Kế hoạch tuyên truyền CCHC của đơn vị",

  part "report" { kind = "report", title = "Báo cáo kết quả tuyên truyền CCHC",
    text = "báo cáo kết quả về CATP theo quy định", to = "PV01", due = schedule "catp-publicity-plan",
    note = "In “về CATP theo quy định”, không in ngày; đầu mối nhận đọc là PV01." },
}

task "1.5.3" { title = "Làm sản phẩm tuyên truyền CCHC: bài viết, video, phóng sự, hướng dẫn", text = "Thường xuyên",
  lead = "@all", with = { "PV01", "PX03", "PX04" }, with_text = "PV01 (Đội 7), PX03, PX04", due = ongoing,
  product = "Bài đăng trên Cổng thông tin điện tử CATP và Chuyên đề An ninh Hải Phòng",
  note = "Cột sản phẩm bị cắt ở cuối trang." }

lost "1.6" "Mất ở chỗ ngắt trang; theo các dòng sau là mục về sáng kiến, mô hình, giải pháp CCHC."

lost "1.6.1" "Mất ở chỗ ngắt trang, giữa dòng 1.5.3 và 1.6.2."

task "1.6.2" { title = "Nghiên cứu sáng kiến, mô hình, giải pháp về TTHC nội bộ",
  lead = "@internal", with = "@all", due = undated "Ô thời gian trống; có thể chung với dòng 1.6.1 đã mất.",
  product = "Sáng kiến được phê duyệt, triển khai thực hiện",
  note = "Ô thời gian trống; dòng 1.6.1 đã mất có thể ghi chung một thời gian." }

task "1.6.3" { title = "Tổng hợp, thẩm định sáng kiến CCHC, trình Giám đốc CATP", text = "Thường xuyên",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị có đề xuất sáng kiến, mô hình, giải pháp CCHC",
  due = ongoing, product = "Báo cáo đề xuất phê duyệt sáng kiến, mô hình, giải pháp" }

section "1.7" "Mô hình “Một cửa” giải quyết TTHC nội bộ"

task "1.7.1" { title = "Xây dựng mô hình Một cửa lĩnh vực Thi đua, khen thưởng", text = "Tháng 6/2026",
  lead = "PX03", with = "PV01", with_text = "PV01 (Đội 6)", due = month "2026-06", product = "Mô hình Một cửa được vận hành" }

task "1.7.2" { title = "Duy trì mô hình Một cửa lĩnh vực Tài chính, hậu cần",
  text = "Tổ chức vận hành thường xuyên từ Quý I/2026",
  lead = "PH10", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing { from = "2026-Q1" }, see = "III.3.c",
  product = "Mô hình vận hành thường xuyên, liên tục, có kết quả",
  note = "Kết quả thực hiện báo cáo lồng trong báo cáo CCHC của đơn vị.",

  part "report" { kind = "report", title = "Báo cáo đánh giá, đề xuất về Một cửa Tài chính, hậu cần",
    text = "Trước ngày 20/01/2026 (Báo cáo đánh giá, đề xuất)", due = before "20/01/2026",
    product = "Báo cáo kết quả và đề xuất bổ sung TTHC", note = "Không in nơi nhận." },
}

task "1.7.3" { title = "Đưa vào hoạt động mô hình Một cửa lĩnh vực Tổ chức cán bộ", text = "Quý I/2026",
  lead = "PX01", with = "PV01", with_text = "PV01 (Đội 6)",
  due = quarter "2026-Q1", product = "Mô hình Một cửa hoạt động có kết quả" }

-- 2. Cải cách TTHC liên quan đến tổ chức, cá nhân

section "2" "Cải cách TTHC liên quan đến tổ chức, cá nhân"

section "2.1" "Kiểm soát TTHC"

task "2.1.1" { title = "Xây dựng Kế hoạch rà soát, đánh giá TTHC", text = "Theo Kế hoạch chỉ đạo của BCA, UBND thành phố",
  lead = "PV01", with = "@all", due = schedule "bca-review-plan", product = "Kế hoạch rà soát, đánh giá TTHC" }

task "2.1.2" { title = "Đề xuất sửa đổi, bổ sung, thay thế, bãi bỏ TTHC", text = "Thường xuyên",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, product = "Báo cáo đề xuất của đơn vị" }

task "2.1.3" { title = "Tham mưu Quyết định công khai TTHC và đăng trên Cổng thông tin CATP",
  text = "Thường xuyên (ngay sau khi Bộ Công an công bố)",
  lead = { "PV01", "PV06", "PA08", "PC04", "PC06", "PC07", "PC08" },
  lead_text = "PV01 (Đội 7), PV06, PA08, PC04, PC06, PC07, PC08",
  with = "@all", due = at_once "bca-procedures-announced",
  product = "Quyết định của Giám đốc CATP công khai TTHC theo lĩnh vực",
  note = "Mỗi lần Bộ công bố là một việc mới; ghi sự kiện cho đơn vị có lĩnh vực đó." }

section "2.2" "Công khai TTHC"

task "2.2.1" { title = "Công khai đủ TTHC trên Cổng thông tin CATP và Chuyên đề An ninh Hải Phòng",
  lead = { "PV01", "PV06", "PA08", "PC04", "PC06", "PC07", "PC08" },
  lead_text = "PV01, PV06, PH06, PA08, PC04, PC06, PC07, PC08",
  with = "@all", due = undated "Cột thời gian không còn trong bản quét (các cột dồn vào nhau).",
  product = "TTHC được công khai đầy đủ, đúng quy định theo hệ lực lượng",
  note = "“PH06” không có trong danh sách đơn vị: không giao việc. “PX04” in lạc ở cột sản phẩm: đọc là phối hợp.",

  kpi "published" { title = "TTHC được công khai đầy đủ, đúng quy định", text = "Bảo đảm 100%", each = "month",
    measure = ratio("procedures.published", "procedures.public"), target = at_least(100, "%") },
}

task "2.2.2" { title = "Niêm yết TTHC, trang trí nhận diện nơi tiếp nhận, trả kết quả", text = "Tháng 01/2026",
  lead = "@rated", with = { "PV01", "PH10" }, due = month "2026-01",
  product = "Nơi tiếp nhận, trả kết quả được trang trí, niêm yết theo quy định",
  note = "Các cột dồn vào nhau, số dòng in lệch xuống; thời gian đọc là của dòng này. Hai phần dưới là chú thích 2.",

  part "settled" { title = "Trang trí nhận diện ngay khi có trụ sở ổn định", text = "thực hiện ngay",
    lead = "@commune", lead_text = "Đối với Công an cấp xã", due = at_once "premises-settled",
    note = "Chú thích 2: đơn vị đã có trụ sở ổn định làm ngay; đơn vị chưa có thì làm ngay khi được bố trí." },

  part "temporary" { title = "Làm biển nhận diện tạm thời khi chưa có trụ sở ổn định", text = "Tháng 01/2026",
    lead = "@commune", lead_text = "Đối với Công an cấp xã", due = month "2026-01",
    note = "Chú thích 2, chỉ cho đơn vị chưa có trụ sở ổn định; đơn vị khác ghi hủy. Không in hạn riêng: lấy hạn của dòng." },
}

task "2.2.3" { title = "Tiếp nhận, xử lý phản ánh, kiến nghị về TTHC, không để chậm", text = "Thường xuyên",
  lead = "@rated", with = "PV01", due = ongoing, see = "Thông tư số 57/2023/TT-BCA",
  product = "Phản ánh, kiến nghị được xử lý đúng Thông tư 57",
  note = "Cột sản phẩm bị cắt ở chỗ ngắt trang.",

  kpi "late" { title = "Phản ánh, kiến nghị xử lý chậm", text = "Không để có phản ánh, kiến nghị tiếp nhận, xử lý chậm muộn",
    each = "month", measure = count("feedback.late"), target = at_most(0, "phản ánh") },
}

task "2.2.4" { title = "Niêm yết địa chỉ, điện thoại, thư điện tử tiếp nhận phản ánh, kiến nghị", text = "Thường xuyên",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing,
  product = "Thông tin tiếp nhận phản ánh được niêm yết, công khai đúng quy định" }

report "2.3" { title = "Đề xuất cắt giảm thời gian giải quyết TTHC", text = "Trước ngày 20/01/2026",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", to = "PV01", via = "Đội 6", due = before "20/01/2026",
  product = "Báo cáo đề xuất TTHC cắt giảm thời gian",
  note = "Nhận đề xuất xong, PV01 tổng hợp, xây dựng hồ sơ đề xuất cắt giảm theo quy định (không in ngày; thuộc III.4.a).",

  kpi "time" { title = "Thời gian giải quyết TTHC cắt giảm so với năm 2025", text = "từ 20% trở lên",
    measure = reduction("procedures.days", { from = "2025" }), target = at_least(20, "%"),
    note = "Kế hoạch không nêu mốc so sánh: lấy tổng thời gian quy định của năm 2025." },
}

-- 3. Cải cách TTHC trong nội bộ Công an nhân dân

section "3" "Cải cách TTHC trong nội bộ lực lượng Công an nhân dân"

task "3.1" { title = "Xây dựng Kế hoạch thống kê, rà soát, đơn giản hóa TTHC nội bộ",
  text = "Theo kế hoạch chỉ đạo của Bộ Công an",
  lead = "PV01", lead_text = "PV01 (Đội 6)", with = "@all", due = schedule "bca-internal-review-plan",
  product = "Kế hoạch thống kê, rà soát, đơn giản hóa TTHC nội bộ" }

task "3.2" { title = "Công khai, phổ biến TTHC nội bộ thuộc thẩm quyền CATP",
  text = "Khi theo Quyết định công khai của BCA và hướng dẫn của các Phòng chức năng có TTHC trong nội bộ CAND",
  lead = "@all", with = "PV01", due = after "bca-internal-published",
  product = "Văn bản công khai, phổ biến trong đơn vị",
  note = "Ô thời gian in lộn xộn; đọc là: khi có quyết định công khai và hướng dẫn. Không in số ngày." }

task "3.3" { title = "Giải quyết TTHC nội bộ đúng thời gian, đúng quy trình", text = "Theo Quyết định của Bộ Công an",
  lead = "@all", with = "PV01", due = schedule "bca-internal-decision",
  product = "Kết quả giải quyết đúng quy trình, quy định",

  kpi "correct" { title = "TTHC nội bộ giải quyết đúng quy trình, quy định", text = "100% kết quả giải quyết", each = "quarter",
    measure = ratio("internal_dossiers.correct", "internal_dossiers.resolved"), target = at_least(100, "%") },

  kpi "complaints" { title = "Phản ánh, kiến nghị về TTHC nội bộ", text = "không có PAKN trong nội bộ CATP", each = "quarter",
    measure = count("internal_dossiers.complaints"), target = at_most(0, "phản ánh") },
}

task "3.4" { title = "Đề xuất cắt giảm TTHC nội bộ", text = "Hoàn thành trong Quý II/2026",
  lead = "@internal", with = "@all", due = quarter "2026-Q2", product = "Báo cáo đề xuất cắt giảm TTHC nội bộ",

  kpi "cut" { title = "TTHC nội bộ được đề xuất cắt giảm", text = "đạt tỷ lệ 20%",
    over = "2026-H1", due = quarter "2026-Q2",
    measure = ratio("internal_cuts.proposed", "internal_cuts.procedures"), target = at_least(20, "%") },
}

-- 4. Cải cách tổ chức bộ máy hành chính

section "4" "Cải cách tổ chức bộ máy hành chính"

section "4.1" "Cơ cấu số lượng lãnh đạo, chỉ huy"

task "4.1.1" { title = "Đề xuất sắp xếp bộ máy, điều chỉnh chức năng đơn vị trực thuộc", text = "Thường xuyên",
  lead = "PX01", with = "@all", due = ongoing, product = "Văn bản đề xuất" }

task "4.1.2" { title = "Cơ cấu số lượng lãnh đạo cấp phòng đúng quy định", text = "Thường xuyên",
  lead = "PX01", with = "@departments", due = ongoing, product = "Cơ cấu lãnh đạo cấp phòng đúng quy định" }

task "4.1.3" { title = "Cơ cấu số lượng chỉ huy cấp đội theo quy định", text = "Thường xuyên",
  lead = "PX01", with = "@departments", due = ongoing, product = "Cơ cấu chỉ huy cấp đội theo quy định" }

task "4.1.4" { title = "Cơ cấu số lượng chỉ huy Công an xã theo quy định", text = "Thường xuyên",
  lead = "PX01", with = "@commune", due = ongoing, product = "Cơ cấu chỉ huy Công an xã" }

section "4.2" "Kiểm tra tổ chức và hoạt động của các đơn vị trực thuộc"

task "4.2.1" { title = "Xây dựng kế hoạch kiểm tra các đơn vị trực thuộc", text = "Quý I/2026",
  lead = "PX01", with = "@all", due = quarter "2026-Q1", product = "Kế hoạch kiểm tra được Giám đốc CATP phê duyệt",

  kpi "units" { title = "Đơn vị trực thuộc có trong kế hoạch kiểm tra", text = "20% số đơn vị trở lên",
    over = "2026-Q1", due = quarter "2026-Q1",
    measure = ratio("org_inspections.units_planned", "org_inspections.units_total"), target = at_least(20, "%") },
}

task "4.2.2" { title = "Thực hiện kế hoạch kiểm tra các đơn vị trực thuộc", text = "Theo Kế hoạch kiểm tra",
  lead = "PX01", with = "@all", due = schedule "org-inspection-plan", see = "4.2.1", product = "Báo cáo kết quả kiểm tra",

  kpi "done" { title = "Mức độ thực hiện kế hoạch kiểm tra", text = "đạt 100%",
    measure = ratio("org_inspections.units_done", "org_inspections.units_planned"), target = at_least(100, "%") },
}

task "4.2.3" { title = "Xử lý các vấn đề phát hiện qua kiểm tra", text = "Theo Kế hoạch kiểm tra",
  lead = "PX01", with = "@all", due = schedule "org-inspection-plan", see = "4.2.1",
  product = "Báo cáo kết quả xử lý các vấn đề phát hiện",

  kpi "handled" { title = "Vấn đề phát hiện qua kiểm tra được xử lý", text = "đạt 100%",
    measure = ratio("org_inspections.issues_handled", "org_inspections.issues"), target = at_least(100, "%") },
}

-- 5. Cải cách chế độ công vụ

section "5" "Cải cách chế độ công vụ"

task "5.1" { title = "Xây dựng, thực hiện kế hoạch tinh giản biên chế", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PX01", with = "@all", due = schedule "bca-downsizing", product = "Kế hoạch triển khai",

  part "review" { title = "Đánh giá việc thực hiện tinh giản biên chế, kèm báo cáo", text = "Theo chỉ đạo của Bộ Công an",
    due = schedule "bca-downsizing", product = "Báo cáo kết quả" },

  kpi "done" { title = "Kế hoạch tinh giản biên chế hoàn thành", text = "hoàn thành 100% kế hoạch đề ra",
    measure = ratio("downsizing.done", "downsizing.tasks"), target = at_least(100, "%") },
}

task "5.2" { title = "Xây dựng, thực hiện kế hoạch đào tạo, bồi dưỡng cán bộ chiến sĩ", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PX01", with = "@all", due = schedule "bca-training", product = "Kế hoạch triển khai",

  part "review" { title = "Đánh giá việc thực hiện đào tạo, bồi dưỡng, kèm báo cáo", text = "Theo chỉ đạo của Bộ Công an",
    due = schedule "bca-training", product = "Báo cáo kết quả" },

  kpi "done" { title = "Kế hoạch đào tạo, bồi dưỡng hoàn thành", text = "hoàn thành 100% Kế hoạch đề ra",
    measure = ratio("officer_training.done", "officer_training.tasks"), target = at_least(100, "%") },
}

task "5.3" { title = "Đánh giá cán bộ theo kết quả nhiệm vụ, xử lý nghiêm sai phạm", text = "Theo quy định",
  lead = { "PX01", "PX03" }, with = "@all", due = schedule "officer-rules", product = "Kết quả đánh giá cán bộ chiến sĩ" }

task "5.4" { title = "Bảo đảm kết quả thực hiện chức trách của cán bộ năm trước liền kề", text = "Theo quy định",
  lead = { "PX01", "PX03" }, with = "@all", with_text = "Công an các đơn vị", due = schedule "officer-rules",
  product = "Kết quả đánh giá, phân loại cán bộ chiến sĩ",

  kpi "fulfilled" { title = "Cán bộ chiến sĩ hoàn thành chức trách, nhiệm vụ năm 2025", text = "đạt từ 80% trở lên",
    over = "2025", measure = ratio("officer_grades.fulfilled", "officer_grades.total"), target = at_least(80, "%"),
    note = "“Năm trước liền kề năm đánh giá”: năm 2025." },
}

-- 6. Cải cách tài chính công. Cột sản phẩm in lệch lên một dòng; ở đây đặt lại theo nội dung.

section "6" "Cải cách tài chính công"

task "6.1" { title = "Tham mưu văn bản bố trí kinh phí CCHC năm 2026", text = "Tháng 01/2026",
  lead = "PH10", with = "@all", due = month "2026-01", product = "Văn bản của CATP về bố trí kinh phí CCHC năm 2026",
  note = "Sản phẩm in lệch ở dòng đầu mục 6." }

task "6.2" { title = "Ban hành, thực hiện quy trình, quy chế tài chính, hậu cần", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PH10", with = "@all", due = schedule "bca-finance-rules",
  product = "Quy trình, quy chế tài chính, hậu cần; quy chế chi tiêu nội bộ; văn bản công khai dự toán",
  note = "Sản phẩm in lệch ở dòng 6.1." }

task "6.3" { title = "Triển khai Quy chế dân chủ về tài chính", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PH10", with = "@all", due = schedule "bca-finance-democracy",
  product = "Văn bản triển khai Quy chế dân chủ về tài chính" }

task "6.4" { title = "Xây dựng kế hoạch kiểm tra quản lý, sử dụng tài chính, tài sản", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PH10", with = "@all", due = schedule "bca-finance-inspection", product = "Kế hoạch kiểm tra",

  part "review" { title = "Đánh giá việc kiểm tra tài chính, tài sản, kèm báo cáo", text = "Theo chỉ đạo của Bộ Công an",
    due = schedule "bca-finance-inspection", product = "Báo cáo kết quả kiểm tra" },
}

-- 7. Chính phủ điện tử, Chính phủ số

section "7" "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số"

section "7.1" "Ứng dụng công nghệ thông tin"

task "7.1.1" { title = "Kế hoạch công nghệ thông tin, khoa học công nghệ, chuyển đổi số", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PV01", lead_text = "PV01 (Đội 4)", with = "@all", due = schedule "bca-digital-plan",
  product = "Kế hoạch công nghệ thông tin, khoa học công nghệ, đổi mới sáng tạo, chuyển đổi số" }

task "7.1.2" { title = "Thực hiện nhiệm vụ công nghệ thông tin, chuyển đổi số", text = "Theo chỉ đạo của Bộ Công an",
  lead = "PV01", lead_text = "PV01 (Đội 4)", with = "@all", due = schedule "bca-digital-plan",
  product = "Báo cáo kết quả công nghệ thông tin, chuyển đổi số",

  kpi "tasks" { title = "Nhiệm vụ công nghệ thông tin, chuyển đổi số đạt kết quả", text = "đạt từ 70% trở lên",
    measure = ratio("digital_plan.done", "digital_plan.tasks"), target = at_least(70, "%") },
}

task "7.1.3" { title = "Triển khai phần mềm quản lý văn bản", text = "Theo chỉ đạo của Bộ Công an",
  lead = "@all", with = { "PV01", "PA05", "PA06" }, due = schedule "bca-software",
  product = "Đơn vị ứng dụng phần mềm quản lý văn bản",

  kpi "documents" { title = "Đơn vị trực thuộc dùng phần mềm quản lý văn bản", text = "đạt từ 80% trở lên", across = "@all",
    measure = ratio("software.documents", "software.units"), target = at_least(80, "%") },
}

task "7.1.4" { title = "Triển khai phần mềm quản lý công việc", text = "Theo chỉ đạo của Bộ Công an",
  lead = "@all", with = { "PV01", "PA05", "PA06" }, due = schedule "bca-software",
  product = "Đơn vị ứng dụng phần mềm quản lý công việc",

  kpi "work" { title = "Đơn vị trực thuộc dùng phần mềm quản lý công việc", text = "đạt từ 50% trở lên", across = "@all",
    measure = ratio("software.work", "software.units"), target = at_least(50, "%") },
}

task "7.1.5" { title = "Nâng cấp, cập nhật phần mềm chuyên ngành, website, dịch vụ công", text = "Theo chỉ đạo của Bộ Công an",
  lead = "@all", with = { "PV01", "PA05", "PA06" }, due = schedule "bca-software",
  product = "Phần mềm cơ sở dữ liệu chuyên ngành được cập nhật, nâng cấp" }

section "7.2" "Cung cấp dịch vụ công trực tuyến"

task "7.2.1" { title = "Cung cấp đủ số TTHC trực tuyến toàn trình, một phần", text = "Thường xuyên",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, see = "Quyết định 7163/QĐ-BCA ngày 01/10/2024",
  product = "TTHC được giải quyết theo quy định",

  kpi "services" { title = "TTHC phải trực tuyến đã được cung cấp trực tuyến", text = "100% TTHC", each = "month",
    measure = ratio("procedures.online", "online_services.required"), target = at_least(100, "%"),
    note = "Sản phẩm in “100% TTHC được giải quyết theo quy định”; đo bằng số TTHC đã cung cấp trực tuyến." },
}

task "7.2.2" { title = "Rà soát, không để hồ sơ quá hạn, tồn đọng trên Cổng dịch vụ công", text = "Thường xuyên",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, product = "Không có hồ sơ tồn đọng, quá hạn",

  kpi "overdue" { title = "Hồ sơ quá hạn còn tồn", text = "Không có hồ sơ tồn đọng, quá hạn", each = "month",
    measure = count("dossiers.overdue"), target = at_most(0, "hồ sơ") },

  kpi "late" { title = "Hồ sơ giải quyết quá hạn", text = "Không có hồ sơ tồn đọng, quá hạn", each = "month",
    measure = count("dossiers.resolved_late"), target = at_most(0, "hồ sơ") },
}

task "7.2.3" { title = "Xử lý trực tuyến hồ sơ đủ điều kiện", text = "Thường xuyên",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, product = "Hồ sơ TTHC được xử lý trực tuyến",

  kpi "online" { title = "Hồ sơ đủ điều kiện được xử lý trực tuyến", text = "đạt 100%", lead = "@desk", each = "month",
    measure = ratio("dossiers.online", "dossiers.online_eligible"), target = at_least(100, "%") },
}

task "7.2.4" { title = "Thanh toán trực tuyến hồ sơ đủ điều kiện", text = "Thường xuyên",
  lead = "@desk", with = { "PH10", "PV01" }, due = ongoing, product = "Hồ sơ TTHC được thanh toán trực tuyến",

  kpi "payments" { title = "Hồ sơ đủ điều kiện được thanh toán trực tuyến", text = "đạt 100%", each = "month",
    measure = ratio("payments.online", "payments.eligible"), target = at_least(100, "%") },
}

section "7.3" "Số hóa hồ sơ, tài liệu"

task "7.3.1" { title = "Số hóa hồ sơ, tài liệu hình thành phổ biến", text = "Quý II/2026",
  lead = "@all", with = "PV01", with_text = "PV01 (Đội 1, 4)",
  due = quarter "2026-Q2", product = "Tài liệu hình thành phổ biến được số hóa",

  kpi "digitized" { title = "Hồ sơ, tài liệu hình thành phổ biến được số hóa", text = "đạt 100%",
    over = "2026-H1", due = quarter "2026-Q2",
    measure = ratio("common_documents.digitized", "common_documents.total"), target = at_least(100, "%") },
}

task "7.3.2" { title = "Cấp kết quả giải quyết TTHC điện tử", text = "Thường xuyên",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, product = "TTHC được cấp kết quả điện tử",

  kpi "e-result" { title = "Hồ sơ có kết quả giải quyết điện tử", text = "đạt 100%", each = "month",
    measure = ratio("dossiers.e_result", "dossiers.resolved"), target = at_least(100, "%") },
}

task "7.3.3" { title = "Số hóa hồ sơ TTHC", text = "Thường xuyên",
  lead = "@desk", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, product = "Hồ sơ TTHC được số hóa",

  kpi "digitized" { title = "Hồ sơ TTHC được số hóa", text = "100% TTHC được số hóa", each = "month",
    measure = ratio("dossiers.digitized", "dossiers.received"), target = at_least(100, "%") },
}

-- 8. Áp dụng ISO

section "8" "Áp dụng ISO trong hoạt động của các đơn vị thuộc CATP"

task "8.1" { title = "Thực hiện quy trình, công bố Hệ thống quản lý chất lượng ISO 9001:2015",
  text = "Theo Kế hoạch chi đạo của BCA",
  lead = "PV01", lead_text = "PV01 (Đội 6)", with = "@all", due = schedule "bca-iso-plan",
  product = "Quyết định công bố Hệ thống quản lý chất lượng" }

task "8.2" { title = "Áp dụng đúng ISO 9001:2015 khi giải quyết TTHC", text = "Theo Kế hoạch chi đạo của BCA",
  lead = "@all", with = "PV01", with_text = "PV01 (Đội 6)",
  due = schedule "bca-iso-plan", product = "TTHC áp dụng đúng quy định ISO",

  kpi "applied" { title = "TTHC áp dụng đúng quy định ISO 9001:2015", text = "100% các TTHC",
    measure = ratio("iso.applied", "iso.procedures"), target = at_least(100, "%") },
}

-- 9. Bộ phận Một cửa. Dòng 9.1.1 đến 9.1.4 chung ô chủ trì, phối hợp, thời gian, sản phẩm.

section "9" "Hoạt động của Bộ phận Một cửa theo Nghị định 118/2025/NĐ-CP"

section "9.1" "Các tiêu chí phải đạt của Bộ phận Một cửa"

task "9.1.1" { title = "Tiếp nhận, giải quyết TTHC đủ số lượng, đúng quy trình", text = "Thường xuyên",
  lead = "@desk", with = { "PV01", "PH10", "PX03" }, due = ongoing, see = "Nghị định 118/2025/NĐ-CP",
  product = "Bộ phận Tiếp nhận và Trả kết quả hoạt động hiệu quả",
  note = "Ô chủ trì bị ngắt trang sau PC07; đọc tiếp ở 9.1.2: PC08, Công an cấp xã." }

task "9.1.2" { title = "Xây dựng tác phong, kỹ năng giao tiếp, tinh thần phục vụ của cán bộ", text = "Thường xuyên",
  lead = "@desk", with = { "PV01", "PH10", "PX03" }, due = ongoing,
  product = "Bộ phận Tiếp nhận và Trả kết quả hoạt động hiệu quả",
  note = "Chủ trì, phối hợp, thời gian: ô chung với dòng 9.1.1." }

task "9.1.3" { title = "Bố trí nơi tiếp nhận tập trung, có biển chỉ dẫn, đủ điều kiện phục vụ", text = "Thường xuyên",
  lead = "@desk", with = { "PV01", "PH10", "PX03" }, due = ongoing,
  product = "Nơi tiếp nhận bảo đảm cơ sở vật chất",
  note = "Chủ trì, phối hợp, thời gian: ô chung với dòng 9.1.1." }

task "9.1.4" { title = "Tranh thủ kinh phí nâng cấp cơ sở vật chất, thiết bị Bộ phận Một cửa", text = "Thường xuyên",
  lead = "@desk", with = { "PV01", "PH10", "PX03" }, due = ongoing,
  product = "Cơ sở vật chất, thiết bị theo hướng hiện đại",
  note = "Chủ trì, phối hợp, thời gian: ô chung với dòng 9.1.1." }

task "9.2" { title = "Xin lỗi và hẹn lại khi trả kết quả TTHC không đúng hạn",
  lead = "@desk", with = "PV01", due = undated "Cột thời gian không còn trong bản quét (các cột dồn vào nhau).",
  product = "Phiếu xin lỗi và hẹn trả; trả kết quả tận tay người dân",
  note = "Cột thời gian mất; có thể là “Thường xuyên” như mục 9.1." }

task "9.3" { title = "Tiếp nhận, trả kết quả hồ sơ không phụ thuộc địa giới hành chính",
  lead = "@desk", with = "PV01", due = undated "Cột thời gian không còn trong bản quét (các cột dồn vào nhau).",
  see = "Quyết định số 1895/QĐ-CAHP-PV01 ngày 11/7/2025", product = "Hồ sơ phi địa giới được tiếp nhận, giải quyết đúng hạn",
  note = "Cột thời gian mất; có thể là “Thường xuyên” như mục 9.1. Ô chủ trì bị ngắt trang sau PC07.",

  kpi "accepted" { title = "Hồ sơ phi địa giới được tiếp nhận", text = "đạt tỷ lệ 100%", each = "month",
    measure = ratio("cross_boundary.accepted", "dossiers.cross_boundary"), target = at_least(100, "%") },

  kpi "in-time" { title = "Hồ sơ phi địa giới giải quyết đúng hạn", text = "100% hồ sơ thủ tục hành chính phi địa giới hành chính",
    each = "month", measure = ratio("cross_boundary.in_time", "cross_boundary.resolved"), target = at_least(100, "%") },
}

-- 10. Kết quả đánh giá của người dân, tổ chức

section "10" "Kết quả đánh giá của người dân, tổ chức, sở ngành, UBND cấp xã về CCHC"

section "10.1" "Kết quả đánh giá theo các tiêu chí"

task "10.1.1" { title = "Tiếp nhận, giải quyết TTHC đúng quy định một cửa", text = "Theo Kế hoạch hướng dẫn của CATT",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 6)",
  due = schedule "catp-survey-plan", product = "Ý kiến đánh giá là đúng quy định",
  note = "“CATT” đọc là CATP.",

  kpi "rules" { title = "Ý kiến: tiếp nhận, giải quyết đúng quy định", text = "100% ý kiến đánh giá",
    measure = ratio("survey.rules_ok", "survey.answers"), target = at_least(100, "%") },
}

task "10.1.2" { title = "Số lượng TTHC tiếp nhận theo cơ chế một cửa phù hợp", text = "Theo Kế hoạch hướng dẫn của CATT",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 6)",
  due = schedule "catp-survey-plan", product = "Ý kiến đánh giá là phù hợp",
  note = "“CATT” đọc là CATP.",

  kpi "scope" { title = "Ý kiến: số lượng TTHC phù hợp", text = "100% ý kiến đánh giá",
    measure = ratio("survey.scope_ok", "survey.answers"), target = at_least(100, "%") },
}

task "10.1.3" { title = "Bảo đảm cơ sở vật chất, mức độ hiện đại hóa nơi tiếp nhận, trả kết quả",
  text = "Theo Kế hoạch hướng dẫn của CATT",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 4, 5)",
  due = schedule "catp-survey-plan", product = "Ý kiến đánh giá bảo đảm theo quy định",
  note = "“CATT” đọc là CATP.",

  kpi "premises" { title = "Ý kiến: cơ sở vật chất bảo đảm", text = "100% ý kiến đánh giá",
    measure = ratio("survey.premises_ok", "survey.answers"), target = at_least(100, "%") },
}

task "10.1.4" { title = "Chất lượng phục vụ tại nơi tiếp nhận, trả kết quả", text = "Theo Kế hoạch hướng dẫn của CATT",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 6)",
  due = schedule "catp-survey-plan", product = "Ý kiến đánh giá hài lòng",
  note = "“CATT” đọc là CATP.",

  kpi "service" { title = "Ý kiến: hài lòng về chất lượng phục vụ", text = "100% ý kiến đánh giá",
    measure = ratio("survey.service_ok", "survey.answers"), target = at_least(100, "%") },
}

section "10.2" "Lấy ý kiến đánh giá qua ứng dụng VNeID"

task "10.2.1" { title = "Bảo đảm tỷ lệ hồ sơ TTHC được người dân, tổ chức đánh giá", text = "Thường xuyên",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 6)", due = ongoing, product = "Tỷ lệ hồ sơ được đánh giá đạt yêu cầu",

  part "report" { kind = "report", title = "Báo cáo tháng kết quả lấy ý kiến đánh giá qua VNeID",
    text = "Định kỳ trước ngày 15 hàng tháng", to = "PV01", via = "Đội 6", due = every("month", { before_day = 15 }),
    note = "Không in kỳ số liệu của báo cáo; tên kỳ là tháng gửi." },

  kpi "rated" { title = "Hồ sơ TTHC được đánh giá trong tháng", text = "từ 50% trở lên", each = "month",
    measure = ratio("ratings.total", "dossiers.received"), target = at_least(50, "%"),
    note = "So với “tổng số hồ sơ TTHC tiếp nhận, giải quyết trong 01 tháng”: lấy hồ sơ tiếp nhận." },
}

task "10.2.2" { title = "Bảo đảm mức hài lòng của người dân, tổ chức", text = "Theo thông báo của V03 - BCA",
  lead = "@rated", with = "PV01", with_text = "PV01 (Đội 6)",
  due = schedule "v03-notice", product = "Kết quả đánh giá hài lòng đạt yêu cầu",

  kpi "satisfied" { title = "Lượt đánh giá hài lòng", text = "Đạt tối thiểu 90% trở lên", each = "month",
    measure = ratio("ratings.satisfied", "ratings.total"), target = at_least(90, "%") },
}

-- 11. Thi đua, khen thưởng

section "11" "Thi đua, khen thưởng trong công tác CCHC"

task "11.1" { title = "Đề xuất đưa kết quả CCHC vào tiêu chí lấy phiếu tín nhiệm", text = "Quý I/2026",
  lead = { "PV01", "PX01", "PX03" }, with = "@all", due = quarter "2026-Q1", see = "Chỉ thị số 13/CT-TTg ngày 10/6/2015",
  product = "Tiêu chí đánh giá" }

task "11.2" { title = "Biểu dương, khen thưởng thành tích CCHC", text = "Thường xuyên",
  lead = { "PV01", "PX01", "PX03" }, with = "@all", due = ongoing, product = "Hình thức khen thưởng",
  see = { "Thông tư số 38/2022/TT-BCA", "Thông tư số 02/2021/TT-BCA" },

  part "discipline" { title = "Đề xuất xử lý tập thể, cá nhân không đạt yêu cầu CCHC", due = ongoing,
    product = "Hình thức kỷ luật", note = "In ở trang cuối, không có số dòng và các cột: đọc là phần tiếp của 11.2." },
}

-- Kiểm thử ----------------------------------------------------------------------------------------------------------

test "báo cáo tháng 11 rơi vào ngày nghỉ" { at = "2026-11-20", unit = "haiphong/PC06",
  given = { occurred("plan-received", "2026-01-09") },
  expect = { { ref = "III.3.c", period = "2026-11", due = "2026-11-24", act_by = "2026-11-23", state = "open" } } }

test "báo cáo tháng: kỳ đầu là tháng 1, ngày 24 là thứ Bảy" { at = "2026-01-12", unit = "haiphong/X10507",
  expect = {
    { ref = "III.3.c", period = "2026-01", due = "2026-01-24", act_by = "2026-01-23", state = "open" },
    { ref = "III.3.c", period = "2026-12", due = "2026-12-24", act_by = "2026-12-24" },
    { ref = "III.3.c", period = "2025-12", absent = true } } }

test "báo cáo tháng quá hạn, rồi gửi muộn" { at = "2026-11-25", unit = "haiphong/PC06",
  given = { finished("III.3.c", "2026-10", "2026-10-26") },
  expect = {
    { ref = "III.3.c", period = "2026-10", due = "2026-10-24", state = "done", late = true },
    { ref = "III.3.c", period = "2026-11", due = "2026-11-24", state = "overdue" } } }

test "PV01 không gửi báo cáo cho chính mình" { at = "2026-11-20", unit = "haiphong/PV01",
  expect = {
    { ref = "III.3.c", period = "2026-11", absent = true },
    { ref = "10.2.1", part = "report", period = "2026-11", absent = true } } }

test "kế hoạch của đơn vị: nhận thứ Sáu 09/01" { at = "2026-01-12", unit = "haiphong/PC06",
  given = { occurred("plan-received", "2026-01-09") },
  expect = {
    { ref = "III.3.b", due = "2026-01-19", act_by = "2026-01-19", state = "open" },
    { ref = "III.3.a", part = "dissemination", due = "2026-01-19", state = "open" },
    { ref = "1", due = "2026-01-16", act_by = "2026-01-16", state = "open" },
    { ref = "1.4.2", due = "2026-01-16", state = "open" } } }

test "kế hoạch của đơn vị: hạn kết thúc trong Tết chạy sang 23/02" { at = "2026-02-09", unit = "haiphong/X11914",
  given = { occurred("plan-received", "2026-02-06") },
  expect = {
    { ref = "III.3.b", period = "2026", due = "2026-02-23", act_by = "2026-02-23", state = "open" },
    { ref = "1", period = "2026", due = "2026-02-13", act_by = "2026-02-13", state = "open" } } }

test "kế hoạch của đơn vị: hạn kết thúc thứ Bảy chạy sang thứ Hai" { at = "2026-01-12", unit = "haiphong/PX01",
  given = { occurred("plan-received", "2026-01-07") },
  expect = { { ref = "III.3.b", due = "2026-01-19" }, { ref = "1", due = "2026-01-14" } } }

test "chưa nhận được kế hoạch thì chưa có hạn" { at = "2026-01-12", unit = "haiphong/PC06",
  expect = { { ref = "III.3.b", due = false, state = "waiting" }, { ref = "1", due = false, state = "waiting" } } }

test "thành lập Tổ giúp việc: cuối tháng 1 là thứ Bảy" { at = "2026-01-12", unit = "haiphong/PV01",
  expect = { { ref = "III.1", period = "2026", due = "2026-01-31", act_by = "2026-01-30", state = "open" } } }

test "giao ban tuần cuối tháng 1, 4, 7" { at = "2026-01-12", unit = "haiphong/PV01",
  expect = {
    { ref = "III.2", period = "2026-01", due = "2026-01-31", act_by = "2026-01-30" },
    { ref = "III.2", period = "2026-04", due = "2026-04-30", act_by = "2026-04-29" },
    { ref = "III.2", period = "2026-07", due = "2026-07-31", act_by = "2026-07-31" },
    { ref = "III.2", period = "2026-10", absent = true } } }

test "báo cáo Một cửa tài chính trước ngày 20/01" { at = "2026-01-12", unit = "haiphong/PH10",
  expect = {
    { ref = "1.7.2", part = "report", period = "2026", due = "2026-01-19", act_by = "2026-01-19", state = "open" },
    { ref = "6.1", due = "2026-01-31", act_by = "2026-01-30" } } }

test "đề xuất cắt giảm thời gian trước ngày 20/01" { at = "2026-01-20", unit = "haiphong/X11329",
  expect = { { ref = "2.3", period = "2026", due = "2026-01-19", act_by = "2026-01-19", state = "overdue" } } }

test "tháng 6, quý I, quý II" { at = "2026-03-02", unit = "haiphong/PX03",
  expect = {
    { ref = "1.7.1", period = "2026", due = "2026-06-30", act_by = "2026-06-30" },
    { ref = "11.1", period = "2026", due = "2026-03-31", act_by = "2026-03-31", state = "open" },
    { ref = "3.4", period = "2026", due = "2026-06-30" },
    { ref = "7.3.1", period = "2026", due = "2026-06-30" } } }

test "PX01: quý I, theo chỉ đạo của Bộ thì chờ" { at = "2026-03-02", unit = "haiphong/PX01",
  expect = {
    { ref = "1.7.3", period = "2026", due = "2026-03-31", act_by = "2026-03-31", state = "open" },
    { ref = "4.2.1", period = "2026", due = "2026-03-31", act_by = "2026-03-31", state = "open" },
    { ref = "3.4", period = "2026", due = "2026-06-30", act_by = "2026-06-30" },
    { ref = "5.1", part = "review", period = "2026", due = false, state = "waiting" } } }

test "niêm yết của phòng: hạn của dòng, không có hai phần của Công an cấp xã" { at = "2026-01-12", unit = "haiphong/PC06",
  expect = {
    { ref = "2.2.2", period = "2026", due = "2026-01-31", act_by = "2026-01-30", state = "open" },
    { ref = "2.2.2", part = "temporary", absent = true },
    { ref = "2.2.2", part = "settled", absent = true },
    { ref = "2.2.1", period = "2026", due = false },
    { ref = "9.3", period = "2026", due = false } } }

test "kế hoạch kiểm tra và báo cáo kiểm tra: mỗi phần chờ chỉ đạo" { at = "2026-02-10", unit = "haiphong/PC06",
  given = { occurred("plan-received", "2026-01-09"), occurred("catp-inspection-plan", "2026-02-10", { due = "2026-11-14" }) },
  expect = {
    { ref = "1.4.2", period = "2026", due = "2026-01-16", state = "overdue" },
    { ref = "1.4.2", part = "report", period = "2026", due = "2026-11-14", act_by = "2026-11-13", state = "open" } } }

test "báo cáo VNeID trước ngày 15: thứ Bảy, Chủ nhật thì làm xong trước" { at = "2026-11-12", unit = "haiphong/PC07",
  expect = {
    { ref = "10.2.1", part = "report", period = "2026-01", due = "2026-01-14", act_by = "2026-01-14", state = "overdue" },
    { ref = "10.2.1", part = "report", period = "2026-06", due = "2026-06-14", act_by = "2026-06-12" },
    { ref = "10.2.1", part = "report", period = "2026-11", due = "2026-11-14", act_by = "2026-11-13", state = "open" } } }

test "PC04 không có trong dòng 10.2.1" { at = "2026-11-12", unit = "haiphong/PC04",
  expect = { { ref = "10.2.1", part = "report", period = "2026-11", absent = true } } }

test "niêm yết, nhận diện: hạn tháng 01 và hai phần của chú thích 2" { at = "2026-04-25", unit = "haiphong/X11948",
  given = { occurred("premises-settled", "2026-04-24") },
  expect = {
    { ref = "2.2.2", part = "temporary", due = "2026-01-31", act_by = "2026-01-30", state = "overdue" },
    { ref = "2.2.2", part = "settled", due = "2026-04-28", act_by = "2026-04-28", state = "open" } } }

test "công khai TTHC ngay sau khi Bộ công bố, mỗi lần một việc" { at = "2026-03-05", unit = "haiphong/PC06",
  given = { occurred("bca-procedures-announced", "2026-03-05") },
  expect = { { ref = "2.1.3", period = "2026-03-05", due = "2026-03-06", act_by = "2026-03-06", state = "open" } } }

test "công khai TTHC nội bộ: có quyết định thì mở, không có hạn" { at = "2026-03-09", unit = "haiphong/PA06",
  given = { occurred("bca-internal-published", "2026-03-05") },
  expect = { { ref = "3.2", period = "2026-03-05", due = false, state = "open" } } }

test "vướng mắc ngày thứ Sáu thì báo cáo trong thứ Hai" { at = "2026-05-11", unit = "haiphong/X10615",
  given = { occurred("difficulty", "2026-05-08") },
  expect = { { ref = "III.cuoi", period = "2026-05-08", due = "2026-05-11", act_by = "2026-05-11", state = "open" } } }

test "việc theo kế hoạch khác: chờ, rồi có ngày" { at = "2026-02-10", unit = "haiphong/PV01",
  given = { occurred("bca-iso-plan", "2026-02-09", { due = "2026-09-30" }) },
  expect = {
    { ref = "8.1", period = "2026", due = "2026-09-30", act_by = "2026-09-30", state = "open" },
    { ref = "2.1.1", due = false, state = "waiting" } } }

test "mỗi kỳ báo cáo được ấn định là một việc, kỳ sau không đè kỳ trước" { at = "2026-07-01", unit = "haiphong/PC06",
  given = {
    occurred("reporting-plan", "2026-02-02", { due = "2026-03-15" }), finished("1.2", "2026-02-02", "2026-03-13"),
    occurred("reporting-plan", "2026-05-04", { due = "2026-06-15" }) },
  expect = {
    { ref = "1.2", period = "2026-02-02", due = "2026-03-15", act_by = "2026-03-13", state = "done" },
    { ref = "1.2", period = "2026-05-04", due = "2026-06-15", act_by = "2026-06-15", state = "overdue" } } }

test "việc Giám đốc giao đột xuất: ngày do người giao đặt" { at = "2026-05-12", unit = "haiphong/PA08",
  given = { occurred("director-order", "2026-05-11", { due = "2026-05-20" }) },
  expect = { { ref = "II", period = "2026-05-11", due = "2026-05-20", state = "open" } } }

test "việc thường xuyên và việc mất thời gian không có hạn" { at = "2026-03-02", unit = "haiphong/PC08",
  expect = {
    { ref = "2.2.3", period = "2026", due = false, state = "standing" },
    { ref = "1.6.2", period = "2026", due = false },
    { ref = "9.2", period = "2026", due = false } } }

test "hồ sơ trực tuyến tháng 11: đạt, thiếu một hồ sơ, không phát sinh, vượt mẫu số" { at = "2026-12-02", unit = "haiphong/PC06",
  given = {
    figure("dossiers.online", "2026-11", 1250), figure("dossiers.online_eligible", "2026-11", 1250),
    figure("dossiers.online", "2026-10", 1249), figure("dossiers.online_eligible", "2026-10", 1250),
    figure("dossiers.online", "2026-09", 0), figure("dossiers.online_eligible", "2026-09", 0),
    figure("dossiers.online", "2026-08", 11), figure("dossiers.online_eligible", "2026-08", 10) },
  expect = {
    { kpi = "7.2.3#online", period = "2026-11", state = "met", value = 100 },
    { kpi = "7.2.3#online", period = "2026-10", state = "missed", value = 99.92 },
    { kpi = "7.2.3#online", period = "2026-09", state = "exempt" },
    { kpi = "7.2.3#online", period = "2026-08", state = "invalid" },
    { kpi = "7.2.3#online", period = "2026-07", state = "no_data" } } }

test "hồ sơ quá hạn: phải bằng 0" { at = "2026-12-02", unit = "haiphong/PC08",
  given = { figure("dossiers.resolved_late", "2026-11", 0), figure("dossiers.overdue", "2026-11", 2) },
  expect = {
    { kpi = "7.2.2#late", period = "2026-11", state = "met" },
    { kpi = "7.2.2#overdue", period = "2026-11", state = "missed", value = 2 } } }

test "tỷ lệ đánh giá và mức hài lòng trong tháng" { at = "2026-12-02", unit = "haiphong/X10549",
  given = {
    figure("ratings.total", "2026-11", 60), figure("ratings.satisfied", "2026-11", 53),
    figure("dossiers.received", "2026-11", 120) },
  expect = {
    { kpi = "10.2.1#rated", period = "2026-11", state = "met", value = 50 },
    { kpi = "10.2.2#satisfied", period = "2026-11", state = "missed" } } }

test "thời gian giải quyết cắt giảm 20% so với năm 2025" { at = "2027-01-05", unit = "haiphong/PC06",
  given = { figure("procedures.days", "2025", 250), figure("procedures.days", "2026", 200) },
  expect = { { kpi = "2.3#time", period = "2026", state = "met", value = 20 } } }

test "báo cáo tháng đúng hạn: 11 trên 12 là đạt 90%" { at = "2027-01-05", unit = "haiphong/PC06",
  given = {
    finished("III.3.c", "2026-01", "2026-01-23"), finished("III.3.c", "2026-02", "2026-02-24"),
    finished("III.3.c", "2026-03", "2026-03-24"), finished("III.3.c", "2026-04", "2026-04-24"),
    finished("III.3.c", "2026-05", "2026-05-22"), finished("III.3.c", "2026-06", "2026-06-24"),
    finished("III.3.c", "2026-07", "2026-07-24"), finished("III.3.c", "2026-08", "2026-08-24"),
    finished("III.3.c", "2026-09", "2026-09-24"), finished("III.3.c", "2026-10", "2026-10-23"),
    finished("III.3.c", "2026-11", "2026-11-25"), finished("III.3.c", "2026-12", "2026-12-24") },
  expect = { { kpi = "1.2#in-time", period = "2026", state = "met" } } }

test "báo cáo tháng đúng hạn: 10 trên 12 là không đạt 90%" { at = "2027-01-05", unit = "haiphong/PC06",
  given = {
    finished("III.3.c", "2026-01", "2026-01-23"), finished("III.3.c", "2026-02", "2026-02-24"),
    finished("III.3.c", "2026-03", "2026-03-24"), finished("III.3.c", "2026-04", "2026-04-24"),
    finished("III.3.c", "2026-05", "2026-05-22"), finished("III.3.c", "2026-06", "2026-06-24"),
    finished("III.3.c", "2026-07", "2026-07-24"), finished("III.3.c", "2026-08", "2026-08-24"),
    finished("III.3.c", "2026-09", "2026-09-24"), finished("III.3.c", "2026-10", "2026-10-26"),
    finished("III.3.c", "2026-11", "2026-11-25"), finished("III.3.c", "2026-12", "2026-12-24") },
  expect = { { kpi = "1.2#in-time", period = "2026", state = "missed" } } }

test "chỉ tiêu xét ở cuối quý và theo năm trước" { at = "2027-01-05", unit = "haiphong/PX01",
  given = {
    figure("org_inspections.units_planned", "2026-Q1", 27), figure("org_inspections.units_total", "2026-Q1", 132),
    figure("officer_grades.fulfilled", "2025", 79), figure("officer_grades.total", "2025", 100) },
  expect = {
    { kpi = "4.2.1#units", state = "met" },
    { kpi = "5.4#fulfilled", state = "missed", value = 79 } } }

test "chỉ tiêu toàn CATP: chưa đơn vị nào báo thì không có số liệu" { at = "2026-03-02", unit = "haiphong/PX01",
  expect = { { kpi = "7.1.3#documents", state = "no_data" } } }

test "tỷ lệ xét cuối năm: 100% thì thiếu một là không đạt, 80% thì vừa đủ là đạt" { at = "2027-01-05", unit = "haiphong/PC07",
  given = {
    figure("plan_officers.total", "2026-01", 120), figure("plan_officers.informed", "2026-01", 119),
    figure("unit_plan.tasks", "2026-12", 25), figure("unit_plan.done", "2026-12", 20),
    figure("internal_dossiers.complaints", "2026-Q4", 1) },
  expect = {
    { kpi = "III.3.a#informed", period = "2026", state = "missed" },
    { kpi = "1#tasks", period = "2026", state = "met", value = 80 },
    { kpi = "3.3#complaints", period = "2026-Q4", state = "missed", value = 1 } } }

test "chỉ tiêu của Quý II: số đến hết tháng 6, số của tháng 12 không cứu được" { at = "2027-01-05", unit = "haiphong/PH10",
  given = {
    figure("internal_cuts.procedures", "2026-06", 50), figure("internal_cuts.proposed", "2026-06", 9),
    figure("internal_cuts.procedures", "2026-12", 50), figure("internal_cuts.proposed", "2026-12", 20),
    figure("common_documents.total", "2026-H1", 400), figure("common_documents.digitized", "2026-H1", 400) },
  expect = {
    { kpi = "3.4#cut", period = "2026-H1", state = "missed", value = 18 },
    { kpi = "7.3.1#digitized", period = "2026-H1", state = "met", value = 100 } } }
