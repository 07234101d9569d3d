// Submissions that were made to harm: each is refused with a sentence, and the rest of the class
// goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grading/submission/submission.hpp"
#include "tools/archive_writer.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

using Kind = ArchiveItem::Kind;
const std::string kInside = "02_scalar/exercises/02_topological_sort.cpp";
const std::string kOther = "01_foundations/exercises/01_operators.cpp";

// Bytes that no program can pack
std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& c : bytes) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

class HostileSubmission : public testing::Test {
 protected:
  // What becomes of mallory, whose archive this is; asmith's stands beside it and always counts
  Submission of_archive(const std::string& name, const std::string& bytes) {
    write_atomically(folder_.path() / name, bytes);
    return mallory();
  }
  Submission of_items(const std::vector<ArchiveItem>& items, const std::string& format = "tar.gz") {
    return of_archive("mallory." + format, archive_bytes(format, items));
  }
  Submission mallory() {
    write_atomically(folder_.path() / "asmith" / kInside, "honest");
    const ClassFolder all = collect(book_, folder_.path());
    EXPECT_THAT(all.submissions, SizeIs(2));
    EXPECT_EQ(all.submissions.at(0).files.at("2.2"), "honest");
    EXPECT_EQ(all.submissions.at(0).fault, "");
    return all.submissions.at(1);
  }
  fs::path mallorys(const fs::path& file) const { return folder_.path() / "mallory" / file; }

  const Book book_{root_folder()};
  Folder folder_;
};

TEST_F(HostileSubmission, RefusesWhatIsNoPlainFileInAnArchive) {
  const struct {
    ArchiveItem item;
    std::string note;
  } rows[] = {
      {{kInside, "/etc/passwd", Kind::link}, "a link was refused: \"" + kInside + "\""},
      {{kInside, kOther, Kind::hard_link}, "a hard link was refused"},
      {{kInside, "", Kind::fifo}, "a device or fifo was refused"},
      {{kInside, "", Kind::device}, "a device or fifo was refused"},
      {{"/" + kInside, "x"}, "an absolute path was refused"},
      {{"C:/" + kInside, "x"}, "an absolute path was refused"},
      {{"../" + kInside, "x"}, "a path that leads out was refused"},
      {{"a/../" + kInside, "x"}, "a path that leads out was refused"},
      {{"..\\02_topological_sort.cpp", "x"}, "a path that leads out was refused"},
      {{"a\x1B[31m/" + kInside, "x"}, "control or direction marks"},
      {{"a\n/" + kInside, "x"}, "control or direction marks"},
      {{"\u202E/" + kInside, "x"}, "\"\\u202E/02_scalar"},
      {{"caf\xE9/" + kInside, "x"}, "not in UTF-8, was refused: \"caf\\xE9/"},
      {{std::string(5000, 'a') + "/" + kInside, "x"}, "too long was refused"},
  };
  for (const auto& [item, note] : rows) {
    const Submission s = of_items({item, {kOther, "fine"}});
    EXPECT_THAT(s.files, ElementsAre(Pair("1.1", "fine"))) << note;
    EXPECT_THAT(s.notes, ElementsAre(HasSubstr(note)));
  }
}

TEST_F(HostileSubmission, RefusesTheSameInAZip) {
  const Submission s = of_items({{kInside, "/etc/passwd", Kind::link},
                                 {"../" + kInside, "x"},
                                 {"\xFF/" + kInside, "x"},
                                 {kOther, "fine"}},
                                "zip");
  EXPECT_THAT(s.files, ElementsAre(Pair("1.1", "fine")));
  EXPECT_THAT(s.notes, SizeIs(3));
}

TEST_F(HostileSubmission, ReadsNamesInAnyAlphabet) {
  for (const std::string format : {"zip", "tar.gz"}) {
    const Submission s = of_items({{"J\u00FCrgen \u540D\u524D/" + kInside, "x"}}, format);
    EXPECT_THAT(s.files, ElementsAre(Pair("2.2", "x")));
    EXPECT_THAT(s.notes, IsEmpty());
    fs::remove(folder_.path() / ("mallory." + format));
  }
}

TEST_F(HostileSubmission, ShowsTenNotesOfAThousand) {
  std::vector<ArchiveItem> items = {{kOther, "fine"}};
  for (int i = 0; i < 1000; ++i) items.push_back({"l" + std::to_string(i), "/", Kind::link});
  const Submission s = of_items(items);
  EXPECT_THAT(s.notes, SizeIs(11));
  EXPECT_THAT(s.notes, Contains("990 more were refused"));
}

TEST_F(HostileSubmission, FollowsNoLinkInAFolder) {
  write_atomically(mallorys(kOther), "fine");
  fs::create_directories(mallorys(kInside).parent_path());
  fs::create_symlink("/etc/passwd", mallorys(kInside));
  fs::create_directory_symlink(folder_.path() / "asmith", mallorys("friend"));
  fs::create_directory_symlink(".", mallorys("loop"));
  const Submission s = mallory();
  EXPECT_THAT(s.files, ElementsAre(Pair("1.1", "fine")));
  EXPECT_THAT(s.notes, SizeIs(3));
  EXPECT_THAT(s.notes, testing::Each(HasSubstr("a link was refused")));
}

TEST_F(HostileSubmission, IsNoLinkItself) {
  fs::create_directory_symlink("/etc", folder_.path() / "mallory");
  const Submission s = mallory();
  EXPECT_THAT(s.fault, HasSubstr("is a link, and links are not followed"));
  EXPECT_THAT(s.files, IsEmpty());
}

TEST_F(HostileSubmission, OpensNoFifo) {
  fs::create_directories(mallorys(kInside).parent_path());
  ASSERT_EQ(mkfifo(mallorys(kInside).c_str(), 0600), 0);
  EXPECT_THAT(mallory().notes, ElementsAre(HasSubstr("a device or fifo was refused")));
}

TEST_F(HostileSubmission, ReadsNoFileOfTenGigabytes) {
  write_atomically(mallorys(kInside), "");
  fs::resize_file(mallorys(kInside), 10ull << 30);
  write_atomically(mallorys("huge.zip"), "");
  fs::resize_file(mallorys("huge.zip"), 10ull << 30);
  const Submission s = mallory();
  EXPECT_THAT(s.notes, ElementsAre(HasSubstr("a file larger than 1 MiB was refused"),
                                   HasSubstr("an archive was too large")));
}

TEST_F(HostileSubmission, ReadsAnExerciseOfOneMebibyteButNotOneByteMore) {
  const std::string most(1u << 20, ' ');
  for (const std::string format : {"zip", "tar.gz"}) {
    EXPECT_EQ(of_items({{kInside, most}}, format).files.at("2.2"), most);
    EXPECT_THAT(of_items({{kInside, most + " "}}, format).notes,
                ElementsAre(HasSubstr("a file larger than 1 MiB was refused")));
    fs::remove(folder_.path() / ("mallory." + format));
  }
}

TEST_F(HostileSubmission, GivesUpOnAFolderOfTooManyEntries) {
  write_atomically(mallorys(kInside), "x");
  for (int i = 0; i < 10'001; ++i)
    fs::create_hard_link(mallorys(kInside), mallorys(std::to_string(i)));
  const Submission s = mallory();
  EXPECT_THAT(s.fault, HasSubstr("the folder holds more than 10000 files"));
  EXPECT_THAT(s.files, IsEmpty());
}

TEST_F(HostileSubmission, GivesUpOnAnArchiveOfTooManyEntries) {
  EXPECT_THAT(of_archive("mallory.zip", zip_of_many(10'001)).fault,
              HasSubstr("holds more than 10000 files"));
  EXPECT_THAT(of_archive("mallory.zip", zip_of_many(10'000)).fault,
              HasSubstr("holds no exercise of this book"));
}

TEST_F(HostileSubmission, GivesUpSoonOnAMillionEntries) {
  const std::string zip = zip_of_many(1'000'000);
  const std::string tar = archive_bytes("tar.zst", std::vector<ArchiveItem>(1'000'000, {"x"}));
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(of_archive("mallory.zip", zip).fault, HasSubstr("is larger than 64 MiB"));
  fs::remove(folder_.path() / "mallory.zip");
  EXPECT_THAT(of_archive("mallory.tar.zst", tar).fault, HasSubstr("holds more than 10000 files"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{20});
}

TEST_F(HostileSubmission, IsNoBomb) {
  const std::string zeros(70u << 20, '\0');
  for (const std::string format : {"zip", "tar.gz"}) {
    EXPECT_THAT(of_items({{kInside, "x"}, {"noise", noise(1u << 20)}, {"a", zeros}}, format).fault,
                HasSubstr("would unpack to more than 64 MiB"));
    EXPECT_THAT(of_items({{kInside, "x"}, {"a", zeros.substr(0, 9u << 20)}}, format).fault,
                AllOf(HasSubstr("would unpack to "), HasSubstr(" times its size")));
    fs::remove(folder_.path() / ("mallory." + format));
  }
}

TEST_F(HostileSubmission, MayHoldLargeFilesThatAreNotOurs) {
  EXPECT_EQ(of_items({{"picture.png", noise(20u << 20)}, {kInside, "x"}}).fault, "");
}

TEST_F(HostileSubmission, DoesNotBelieveASizeThatAnArchiveStates) {
  // What is said to be ten bytes unpacks to 40 MiB
  std::string zip = archive_bytes("zip", {{kInside, std::string(40u << 20, 'x')}});
  const std::string size("\x00\x00\x80\x02", 4), lie("\x0A\x00\x00\x00", 4);
  for (std::size_t at = zip.find(size); at != std::string::npos; at = zip.find(size, at + 1))
    zip.replace(at, 4, lie);
  const Submission s = of_archive("mallory.zip", zip);
  EXPECT_THAT(s.files, IsEmpty());
  EXPECT_NE(s.fault, "");
}

TEST_F(HostileSubmission, OpensNoArchiveInAnArchive) {
  const std::string inner = archive_bytes("zip", {{kInside, "x"}});
  const Submission s = of_items({{"inner.zip", inner}, {kOther, "fine"}}, "zip");
  EXPECT_THAT(s.files, ElementsAre(Pair("1.1", "fine")));
  EXPECT_THAT(s.notes, ElementsAre(HasSubstr("an archive in an archive was not opened")));
}

TEST_F(HostileSubmission, IsFoundOutInATarOfHeadersWithoutEnd) {
  // Extended headers, each of which announces the next
  std::string header = archive_bytes("tar", {{"x", ""}}).substr(0, 512);
  header[156] = 'L';
  header.replace(124, 12, "00000000001 ");
  header.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  char digits[9];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  header.replace(148, 7, std::string(digits, 7));
  std::string tar;
  for (int i = 0; i < 50'000; ++i) tar += header + std::string(512, 'a');
  EXPECT_THAT(of_archive("mallory.tar", tar).fault,
              testing::AnyOf(HasSubstr("damaged"), HasSubstr("holds more than 10000")));
}

TEST_F(HostileSubmission, IsFoundOutWhenItsHeadersAreTheBomb) {
  // Extended headers of 1 MiB each, which pack to nothing and are skipped before an entry is told
  std::vector<ArchiveItem> items(160, ArchiveItem{std::string(900'000, 'a'), ""});
  items.push_back({kInside, "x"});
  EXPECT_THAT(of_items(items).fault, HasSubstr("would unpack to more than is in it"));
}

TEST_F(HostileSubmission, NamesItselfWithoutHarm) {
  for (const std::string name :
       {"mallory\x1B[2J", "mallory\u202Etxt", "mallory\xFF", "mallory\n"}) {
    const Folder folder;
    write_atomically(folder.path() / name / kInside, "x");
    const Submission s = collect(book_, folder.path()).submissions.at(0);
    EXPECT_THAT(s.student, testing::MatchesRegex("mallory\\\\.*")) << s.student;
    EXPECT_EQ(s.name, s.student);
  }
}

TEST_F(HostileSubmission, InAnArchiveOfTheClassHarmsNobodyElse) {
  std::vector<ArchiveItem> items = {{"asmith/" + kInside, "honest"},
                                    {"../mallory/" + kInside, "x"},
                                    {"/mallory/" + kInside, "x"},
                                    {"mallory/../asmith/" + kInside, "forged"},
                                    {"mallory/link", "../asmith", Kind::link}};
  for (int i = 0; i < 10'001; ++i) items.push_back({"many/" + std::to_string(i), ""});
  items.push_back({"bomb.zip", archive_bytes("zip", {{"zeros", std::string(70u << 20, '\0')}})});
  items.push_back({"zebra/" + kInside, "honest"});
  write_atomically(folder_.path() / "class.zip", archive_bytes("zip", items));
  const ClassFolder all = collect(book_, folder_.path() / "class.zip");
  std::map<std::string, std::string> faults;
  for (const Submission& s : all.submissions) faults[s.student] = s.fault;
  EXPECT_THAT(faults, ElementsAre(Pair("asmith", ""), Pair("bomb", HasSubstr("would unpack")),
                                  Pair("mallory", HasSubstr("holds no exercise")),
                                  Pair("many", HasSubstr("more than 10000")), Pair("zebra", "")));
  EXPECT_EQ(all.submissions[0].files.at("2.2"), "honest");
  EXPECT_THAT(all.notices, testing::Each(HasSubstr("a path that leads out was refused")));
  EXPECT_THAT(all.notices, SizeIs(3));
}

TEST_F(HostileSubmission, IsNoClassOfHalfAMillionEntries) {
  write_atomically(folder_.path() / "class.zip", zip_of_many(500'001));
  try {
    collect(book_, folder_.path() / "class.zip");
    FAIL() << "nothing was thrown";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("holds more than 500000 entries"));
  }
}

}  // namespace
}  // namespace gradbook
