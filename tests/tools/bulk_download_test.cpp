// What Gradescope and Canvas give as bulk download.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grading/submission/time_text.hpp"
#include "tools/archive_writer.hpp"
#include "tools/submissions.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class BulkDownloads : public Submissions {};

const std::string kMetadata = R"(---
submission_101:
  :submitters:
  - :name: Doe, Jane
    :sid: '007'
    :email: jane@uni.example
  :created_at: 2026-03-01 23:59:59.123456000 Z
  :score: 12.5
  :results:
    tests:
    - output: |
        submission_102:
          :submitters: []
  :history:
  - :created_at: 2026-02-01 00:00:00 Z
submission_102:
  :submitters:
  - :name: 'Ann "The" Smith'
    :email: ann@uni.example
  - :name: "Bo\u00EBl Lee"
    :sid:
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: &1 2026-03-02 08:00:00.000000000 Z
    time: 2026-03-02 00:00:00.000000000 Z
)";

TEST_F(BulkDownloads, AsGradescopeGivesThem) {
  const std::string root = "assignment_9_export/";
  const std::vector<ArchiveItem> items = {
      {root + "submission_metadata.yml", kMetadata},
      {root + "submission_101/" + kStem + ".cpp", "a"},
      {root + "submission_102/modules/" + kInside, "b"},
      {root + "submission_103/" + kStem + ".cpp", "c"},
      {"__MACOSX/" + root + "._submission_metadata.yml", "x"},
  };
  put("download.zip", archive_bytes("zip", items));
  for (const ArchiveItem& item : items) put("folder/" + item.path, item.text);
  for (const std::string where : {"download.zip", "folder", "folder/assignment_9_export"}) {
    const ClassFolder all = collected(where);
    ASSERT_THAT(students(all),
                ElementsAre("007", "Bo\u00EBl Lee", "ann@uni.example", "submission_103"))
        << where;
    const Submission &jane = all.submissions[0], &lee = all.submissions[1],
                     &ann = all.submissions[2];
    EXPECT_EQ(jane.name, "Doe, Jane");
    EXPECT_EQ(jane.email, "jane@uni.example");
    EXPECT_EQ(time_text(jane.submitted_at.value()), "2026-03-01 23:59");
    EXPECT_EQ(jane.files.at("2.2"), "a");
    EXPECT_EQ(ann.name, "Ann \"The\" Smith");
    EXPECT_EQ(ann.files, lee.files);
    EXPECT_EQ(time_text(ann.submitted_at.value()), "2026-03-02 08:00");
    EXPECT_FALSE(all.submissions[3].submitted_at);
    EXPECT_THAT(all.submissions[3].notes, ElementsAre(HasSubstr("does not say who")));
  }
}

TEST_F(BulkDownloads, AreCalledAsTheirFoldersWhereGradescopesMetadataIsDamaged) {
  for (const std::string yaml : {"submission_1:\n  :submitters: [\n", "- 1\n- 2\n", "", "\xFF\xFE",
                                 "submission_1: &a [*a]\n", "submission_1:\n\t:submitters: x\n"}) {
    const Folder folder;
    write_atomically(folder.path() / "submission_metadata.yml", yaml);
    write_atomically(folder.path() / "submission_1" / kInside, "x");
    const ClassFolder all = collect(book_, folder.path());
    EXPECT_THAT(students(all), ElementsAre("submission_1")) << yaml;
  }
}

TEST_F(BulkDownloads, SurviveMetadataNestedWithoutEnd) {
  put("submission_metadata.yml",
      "submission_1:\n  :submitters: " + std::string(200'000, '[') + "\n");
  put("submission_1/" + kInside);
  const ClassFolder all = collected();
  EXPECT_THAT(students(all), ElementsAre("submission_1"));
  EXPECT_THAT(all.notices, ElementsAre(HasSubstr("submission_metadata.yml")));
}

TEST_F(BulkDownloads, AsCanvasGivesThem) {
  const std::vector<ArchiveItem> items = {
      {"doejane_1234_900_02_topological_sort-1.cpp", "newer"},
      {"doejane_1234_800_02_topological_sort.cpp", "older"},
      {"doejane_1234_901_01_operators.cpp", "op"},
      {"smithann_LATE_77_500_hand in.zip", archive_bytes("zip", {{kInside, "zipped"}})},
      {"leebo_78_501_essay.pdf", "x"},
  };
  put("submissions.zip", archive_bytes("zip", items));
  for (const ArchiveItem& item : items) put("folder/" + item.path, item.text);
  for (const std::string where : {"submissions.zip", "folder"}) {
    const ClassFolder all = collected(where);
    ASSERT_THAT(students(all), ElementsAre("doejane_1234", "smithann_77")) << where;
    const Submission &jane = all.submissions[0], &ann = all.submissions[1];
    EXPECT_THAT(jane.files, ElementsAre(Pair("1.1", "op"), Pair("2.2", "newer")));
    EXPECT_THAT(jane.notes, ElementsAre(HasSubstr("two files for 2.2")));
    EXPECT_EQ(jane.platform_id, "1234");
    EXPECT_EQ(jane.name, "doejane");
    EXPECT_THAT(ann.files, ElementsAre(Pair("2.2", "zipped")));
    EXPECT_THAT(ann.notes, ElementsAre(HasSubstr("Canvas marks it late")));
    EXPECT_THAT(all.notices, ElementsAre(HasSubstr("leebo_78_501_essay.pdf")));
  }
}

}  // namespace
}  // namespace gradbook
