// Submissions in every shape that they come in, and what is odd about them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/archive_writer.hpp"
#include "tools/submissions.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST_F(Submissions, AFolderAStudent) {
  put("jdoe/modules/" + kInside, "a");
  put("asmith/modules/01_foundations/exercises/01_operators.cpp", "b");
  const ClassFolder all = collected();
  EXPECT_THAT(students(all), ElementsAre("asmith", "jdoe"));
  EXPECT_THAT(all.submissions[0].files, ElementsAre(Pair("1.1", "b")));
  EXPECT_THAT(all.submissions[1].files, ElementsAre(Pair("2.2", "a")));
  EXPECT_THAT(all.submissions[1].notes, IsEmpty());
  EXPECT_EQ(all.submissions[1].fault, "");
  EXPECT_TRUE(all.submissions[1].submitted);
  EXPECT_FALSE(all.submissions[1].submitted_at);
}

TEST_F(Submissions, AnArchiveAStudentInEveryFormat) {
  const std::vector<std::string> formats = {"zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"};
  for (const std::string& format : formats) {
    put("of_" + format + "." + format, archive_bytes(format, {{"modules/" + kInside, format}}));
  }
  const ClassFolder all = collected();
  ASSERT_EQ(all.submissions.size(), formats.size());
  for (const Submission& s : all.submissions)
    EXPECT_THAT(s.files, ElementsAre(Pair("2.2", s.student.substr(3)))) << s.fault;
}

TEST_F(Submissions, AreFoundAtAnyDepthByTheEndOfTheirPath) {
  for (const std::string& path :
       {"modules/" + kInside, kInside, "02_scalar/" + kStem + ".cpp", kStem + ".cpp",
        "a/b/gradbook-main/modules/" + kInside, "hand in/" + kStem + ".cpp"}) {
    const Folder folder;
    write_atomically(folder.path() / "jdoe" / path, "x");
    write_atomically(folder.path() / "other.zip", archive_bytes("zip", {{path, "x"}}));
    const ClassFolder all = collect(book_, folder.path());
    ASSERT_EQ(all.submissions.size(), 2u) << path;
    EXPECT_THAT(all.submissions[0].files, ElementsAre(Pair("2.2", "x"))) << path;
    EXPECT_THAT(all.submissions[1].files, ElementsAre(Pair("2.2", "x"))) << path;
  }
}

TEST_F(Submissions, KeepTheirBytes) {
  const std::string bytes("\xEF\xBB\xBFint x;\r\n\0// caf\xE9\r\n", 23);
  put("jdoe/" + kInside, bytes);
  put("zip.zip", archive_bytes("zip", {{kInside, bytes}}));
  for (const Submission& s : collected().submissions) EXPECT_EQ(s.files.at("2.2"), bytes);
}

TEST_F(Submissions, OfTheWholeRepositoryLeaveOutSolutionsTestsAndBuilds) {
  put("jdoe/modules/" + kInside, "mine");
  put("jdoe/solutions/02_scalar/02_topological_sort.cpp", "reference");
  put("jdoe/solutions/02_scalar/03_product_rules.cpp", "reference");
  put("jdoe/build/student/02_scalar/exercises/04_activations.cpp", "generated");
  put("jdoe/.gradbook/backup/02_scalar/exercises/05_backward.cpp", "old");
  put("jdoe/__MACOSX/02_scalar/exercises/._06_release.cpp", "mac");
  put("jdoe/modules/02_scalar/scalar.cpp", "given");
  const Submission s = only();
  EXPECT_THAT(s.files, ElementsAre(Pair("2.2", "mine")));
  EXPECT_THAT(s.notes, IsEmpty());
}

TEST_F(Submissions, WithTwoFilesForOneExerciseSayWhichWasTaken) {
  put("jdoe/modules/" + kInside, "right");
  put("jdoe/" + kStem + ".cpp", "old");
  const Submission s = only();
  EXPECT_THAT(s.files, ElementsAre(Pair("2.2", "right")));
  EXPECT_THAT(s.notes, ElementsAre(AllOf(HasSubstr("two files for 2.2"), HasSubstr("modules/"))));
}

TEST_F(Submissions, WithTwoEqualFilesSayNothing) {
  put("jdoe/modules/" + kInside, "same");
  put("jdoe/" + kStem + ".cpp", "same");
  EXPECT_THAT(only().notes, IsEmpty());
}

TEST_F(Submissions, TakeABrowsersCopyWhereThePlainNameIsMissing) {
  put("jdoe/" + kStem + " (1).cpp", "copy");
  const Submission s = only();
  EXPECT_THAT(s.files, ElementsAre(Pair("2.2", "copy")));
  EXPECT_THAT(s.notes, ElementsAre(HasSubstr("was taken for 2.2")));
}

TEST_F(Submissions, IgnoreABrowsersCopyBesideThePlainName) {
  put("jdoe/" + kStem + " (1).cpp", "copy");
  put("jdoe/" + kStem + ".cpp", "plain");
  EXPECT_THAT(only().files, ElementsAre(Pair("2.2", "plain")));
}

TEST_F(Submissions, SayWhatAMisspeltFileMayHaveBeen) {
  for (const std::string name :
       {"02_topological_sort.cpp.txt", "02_Topological_Sort.cpp", "topological_sort.cpp",
        "02_topological_sort.cc", "02_topological_sort - Copy.cpp", "02-topological-sort.cpp",
        "02_topological_sort (1).cpp.txt"}) {
    const Folder folder;
    write_atomically(folder.path() / "jdoe" / name, "x");
    write_atomically(folder.path() / "jdoe" / "01_operators.cpp", "y");
    const Submission s = collect(book_, folder.path() / "").submissions.at(0);
    EXPECT_THAT(s.files, ElementsAre(Pair("1.1", "y"))) << name;
    EXPECT_THAT(s.notes, ElementsAre(HasSubstr("it may have been 2.2"))) << name;
  }
}

TEST_F(Submissions, WithoutAnyExerciseHaveAFault) {
  put("jdoe/essay.txt", "x");
  put("nobody.zip", archive_bytes("zip", {{"essay.txt", "x"}}));
  put("ok/" + kInside, "x");
  fs::create_directories(folder_.path() / "empty");
  const ClassFolder all = collected();
  EXPECT_THAT(students(all), ElementsAre("empty", "jdoe", "nobody", "ok"));
  for (const Submission& s : all.submissions) {
    EXPECT_EQ(s.fault, s.student == "ok" ? "" : "holds no exercise of this book") << s.student;
  }
}

TEST_F(Submissions, MayBeAnArchiveInAFolder) {
  put("jdoe/hand in.zip", archive_bytes("zip", {{kInside, "x"}}));
  put("asmith/old.zip", archive_bytes("zip", {{kInside, "zipped"}}));
  put("asmith/" + kInside, "plain");
  const ClassFolder all = collected();
  EXPECT_THAT(all.submissions[0].files, ElementsAre(Pair("2.2", "plain")));
  EXPECT_THAT(all.submissions[1].files, ElementsAre(Pair("2.2", "x")));
}

TEST_F(Submissions, MayAllBeInOneArchive) {
  const std::vector<ArchiveItem> items = {
      {"jdoe/modules/" + kInside, "a"},
      {"asmith.zip", archive_bytes("zip", {{kInside, "b"}})},
      {"blee/all.tar.gz", archive_bytes("tar.gz", {{kInside, "c"}})},
      {"__MACOSX/._jdoe", "mac"},
      {"README.txt", "hello"},
  };
  std::vector<ArchiveItem> wrapped;
  for (ArchiveItem item : items) {
    item.path = "hw1/" + item.path;
    wrapped.push_back(item);
  }
  wrapped.pop_back();  // a loose file beside them would mean that hw1 is a student
  for (const auto& [name, content] : {std::pair("plain", items), std::pair("wrapped", wrapped)}) {
    for (const std::string format : {"zip", "tar.gz"}) {
      const std::string file = std::string(name) + "." + format;
      put(file, archive_bytes(format, content));
      const ClassFolder all = collected(file);
      ASSERT_THAT(students(all), ElementsAre("asmith", "blee", "jdoe")) << file;
      EXPECT_EQ(all.submissions[0].files.at("2.2"), "b");
      EXPECT_EQ(all.submissions[1].files.at("2.2"), "c");
      EXPECT_EQ(all.submissions[2].files.at("2.2"), "a");
      if (content.size() < items.size()) continue;
      EXPECT_THAT(all.notices, ElementsAre(HasSubstr("\"README.txt\" was ignored")));
    }
  }
}

TEST_F(Submissions, AreOfAClassEvenWithAnExerciseBesideThem) {
  put("doejane_1_2_01_operators.cpp");
  put("asmith.zip", archive_bytes("zip", {{kInside, "x"}}));
  put("blee/" + kInside);
  put(kStem + ".cpp");
  const ClassFolder all = collected();
  EXPECT_THAT(students(all), ElementsAre("asmith", "blee", "doejane_1"));
  EXPECT_THAT(all.notices, ElementsAre(HasSubstr("\"02_topological_sort.cpp\" was ignored")));
}

TEST_F(Submissions, OfWindowsProgramsHaveTheirOwnSeparators) {
  put("jdoe.zip", archive_bytes("zip", {{"02_scalar\\exercises\\" + kStem + ".cpp", "x"}}));
  EXPECT_THAT(only().files, ElementsAre(Pair("2.2", "x")));
}

TEST_F(Submissions, MayBeASingleOne) {
  put("jdoe/modules/" + kInside, "x");
  put("asmith.zip", archive_bytes("zip", {{"modules/" + kInside, "x"}}));
  EXPECT_EQ(only("jdoe").student, "jdoe");
  EXPECT_EQ(only("jdoe/").student, "jdoe");
  EXPECT_EQ(only("asmith.zip").student, "asmith");
}

TEST_F(Submissions, OfOneStudentGradeTheNewest) {
  put("jdoe.zip", archive_bytes("zip", {{kInside, "old"}}));
  put("jdoe (1).zip", archive_bytes("zip", {{kInside, "new"}}));
  fs::last_write_time(folder_.path() / "jdoe.zip",
                      fs::file_time_type::clock::now() - std::chrono::hours{1});
  const Submission s = only();
  EXPECT_EQ(s.student, "jdoe");
  EXPECT_THAT(s.files, ElementsAre(Pair("2.2", "new")));
  EXPECT_THAT(s.notes, ElementsAre(AllOf(HasSubstr("\"jdoe (1).zip\" is graded"),
                                         HasSubstr("\"jdoe.zip\" is not"))));
}

TEST_F(Submissions, SayWhatIsWrongWithADamagedArchive) {
  const std::string text(20'000, 'x');
  const std::string zip = archive_bytes("zip", {{kInside, text}});
  const std::string tar = archive_bytes("tar.gz", {{"01_operators.cpp", "y"}, {kInside, text}});
  std::string flipped = archive_bytes("zip", {{kInside, "int x = 12345678;"}});
  flipped[flipped.find(kInside) + kInside.size() + 30] ^= 0x40;
  const struct {
    std::string name, bytes, fault;
  } rows[] = {
      {"mallory.zip", zip.substr(0, zip.size() / 2), "damaged"},
      {"mallory.zip", zip.substr(zip.size() / 2), "damaged"},
      {"mallory.zip", flipped, "damaged"},
      {"mallory.zip", "", "is empty"},
      {"mallory.zip", "int main() {}\n", "damaged, or no zip or tar archive"},
      {"mallory.tar.gz", tar.substr(0, tar.size() / 2), "damaged"},
      {"mallory.tar.gz", tar.substr(0, 12), "damaged"},
      {"mallory.7z", "7z\xBC\xAF\x27\x1C", "is no zip or tar archive: ask for one"},
      {"mallory.rar", "Rar!", "is no zip or tar archive: ask for one"},
      {"mallory.zip", archive_bytes("zip", {{kInside, "x"}}, "secret"), "is encrypted"},
  };
  for (const auto& [name, bytes, fault] : rows) {
    put(name, bytes);
    put("asmith/" + kInside, "honest");
    const ClassFolder all = collected();
    ASSERT_EQ(all.submissions.size(), 2u);
    EXPECT_EQ(all.submissions[0].files.at("2.2"), "honest");
    const Submission& s = all.submissions[1];
    EXPECT_THAT(s.fault, AllOf(HasSubstr(fault), HasSubstr(name))) << bytes.size();
    EXPECT_THAT(s.files, IsEmpty());
    fs::remove(folder_.path() / name);
  }
}

TEST_F(Submissions, ThatAreNotThereAreAUserError) {
  fs::create_directories(folder_.path() / "empty");
  put("loose/notes.txt");
  put("empty.tar", archive_bytes("tar", {}));
  put("empty.zip", archive_bytes("zip", {}));
  put("damaged.zip", "no archive");
  const auto message = [&](const fs::path& below) {
    try {
      collected(below);
    } catch (const UserError& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  EXPECT_THAT(message("empty"), HasSubstr("holds no submission"));
  EXPECT_THAT(message("loose"), AllOf(HasSubstr("holds no submission"), HasSubstr("notes.txt")));
  EXPECT_THAT(message("empty.tar"), HasSubstr("holds no submission"));
  EXPECT_THAT(message("empty.zip"), HasSubstr("is empty, damaged, or no"));
  EXPECT_THAT(message("damaged.zip"), HasSubstr("damaged, or no zip or tar archive"));
  EXPECT_THAT(message("nowhere"), HasSubstr("there are no submissions at"));
}

}  // namespace
}  // namespace gradbook
