// Rosters as people and platforms write them, and whose submission is whose.
#include "grading/submission/roster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grading/submission/csv.hpp"
#include "grading/submission/names.hpp"
#include "grading/submission/submission.hpp"
#include "grading/submission/time_text.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Rosters : public testing::Test {
 protected:
  Roster read(const std::string& text) const {
    write_atomically(folder_.path() / "roster.csv", text);
    return read_roster(folder_.path() / "roster.csv");
  }
  std::string error(const std::string& text) const {
    try {
      read(text);
    } catch (const UserError& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  Folder folder_;
};

TEST_F(Rosters, FindTheirColumnsByName) {
  const std::string want = "jdoe|Jane Doe|jane@uni.example|77|A";
  for (const std::string text : {
           "student,name,email,id,section\njdoe,Jane Doe,jane@uni.example,77,A\n",
           "SECTION;Canvas ID;E-mail;NAME;Login\r\nA;77;jane@uni.example;Jane Doe;jdoe\r\n",
           "\xEF\xBB\xBF\"Student ID\",\"First Name\",\"Last Name\",Email,ID,Section\n"
           "jdoe,Jane,Doe,jane@uni.example,77,A",
           "sid\temail address\tid\tsections\tfull name\n jdoe \tjane@uni.example\t77\tA\tJane Doe",
           "x,student,name,email,id,section\n,,,,,\n\n9,jdoe,Jane Doe,jane@uni.example,77,A\n\n",
       }) {
    const Roster roster = read(text);
    ASSERT_EQ(roster.rows.size(), 1u) << text;
    const RosterRow& row = roster.rows[0];
    EXPECT_EQ(
        row.student + "|" + row.name + "|" + row.email + "|" + row.platform_id + "|" + row.section,
        want)
        << text;
  }
}

TEST_F(Rosters, OfCanvasAreUnderstood) {
  const Roster roster = read(
      "Student,ID,SIS User ID,SIS Login ID,Section,Homework (1)\n"
      "    Points Possible,,,,,10.00\n"
      "\"Doe, Jane\",77,u123,jdoe,\"Section \"\"A\"\"\",\n");
  ASSERT_EQ(roster.rows.size(), 1u);
  EXPECT_EQ(roster.rows[0].name, "Doe, Jane");
  EXPECT_EQ(roster.rows[0].student, "u123");
  EXPECT_THAT(roster.rows[0].aliases, ElementsAre("u123", "jdoe"));
  EXPECT_EQ(roster.rows[0].platform_id, "77");
  EXPECT_EQ(roster.rows[0].section, "Section \"A\"");
}

TEST_F(Rosters, KeepFieldsThatHoldCommasQuotesAndLineEnds) {
  const Roster roster =
      read("student,name\njdoe,\"Jane \"\"JD\"\"\n, Doe\"\nasmith,\"=HYPERLINK(\"\"x\"\")\"\n");
  EXPECT_EQ(roster.rows[0].name, "Jane \"JD\"\\x0A, Doe");
  EXPECT_EQ(roster.rows[1].name, "=HYPERLINK(\"x\")");
  EXPECT_EQ(roster.rows[1].line, 4);
}

TEST_F(Rosters, SayWhenSomethingWasSubmitted) {
  const Roster roster = read("student,submitted at\na,2026-03-01 23:59:00 +01:00\nb,\n");
  EXPECT_EQ(time_text(roster.rows[0].submitted_at.value()), "2026-03-01 22:59");
  EXPECT_FALSE(roster.rows[1].submitted_at);
}

TEST_F(Rosters, SayWhatIsWrongAndWhere) {
  const struct {
    std::string text, says;
  } rows[] = {
      {"", "the roster is empty"},
      {"student,name\n", "names nobody below its heading"},
      {"colour,shape\nred,round\n", "roster.csv:1: no column says who a student is"},
      {"student,name\njdoe,Jane\n\n,\"\"\nasmith\njdoe,John\n",
       "roster.csv:6: the student \"jdoe\" is also in line 2: delete one of the two"},
      {"student,name\njdoe,Jane\nJDOE,John\n", "roster.csv:3: the student \"JDOE\" is also"},
      {"student,email\na,x@y\nb,X@Y\n", "roster.csv:3: the e-mail \"X@Y\" is also in line 2"},
      {"student,id\na,7\nb,7\n", "roster.csv:3: the id \"7\" is also in line 2"},
      {"name\nJane\nJane\n", "roster.csv:3: the student \"Jane\" is also in line 2"},
      {"student,section\n,A\n", "roster.csv:2: this row names nobody"},
      {"student\njdoe\n\"asmith\n", "roster.csv:3: a quote that begins in this row"},
      {"student\nj\xF6rg\n", "roster.csv:2: this is not UTF-8"},
      {std::string("\xFF\xFEs\0t\0", 6), "roster.csv:1: this is not UTF-8"},
      {"student,submitted\njdoe,yesterday\n", "roster.csv:2: \"yesterday\" is no time"},
  };
  for (const auto& [text, says] : rows) EXPECT_THAT(error(text), HasSubstr(says)) << text;
}

TEST_F(Rosters, NameEveryPairOfDuplicates) {
  EXPECT_THAT(error("student\na\nb\na\nb\na\n"),
              AllOf(HasSubstr(":4:"), HasSubstr(":5:"), HasSubstr(":6:")));
}

TEST_F(Rosters, TakeSubmissionsByAnythingThatNamesAStudent) {
  const Roster roster = read(
      "student id,login,name,email,id,section\n"
      "u1,jdoe,\"Doe, Jane\",jane.doe@uni.example,77,A\n"
      "u2,asmith,Ann van der Smith,ann@uni.example,78,B\n"
      "u3,jm,J\u00FCrgen M\u00FCller,juergen@uni.example,79,B\n"
      "u4,t1,Twin Same,one@uni.example,80,B\n"
      "u5,t2,Twin Same,two@uni.example,81,B\n");
  const struct {
    std::string folder, student;
  } rows[] = {
      {"u1", "u1"},
      {"U1", "u1"},
      {"jdoe", "u1"},
      {"jane.doe@uni.example", "u1"},
      {"jane.doe", "u1"},
      {"77", "u1"},
      {"Jane Doe", "u1"},
      {"doe_jane", "u1"},
      {"Ann van der Smith", "u2"},
      {"van der Smith, Ann", "u2"},
      {"Jurgen Muller", "u3"},
      {"JU\u0308RGEN MU\u0308LLER", "u3"},
      {"Twin Same", "Twin Same"},
      {"stranger", "stranger"},
  };
  const Book book(root_folder());
  for (const auto& [folder, student] : rows) {
    const Folder submissions;
    write_atomically(submissions.path() / folder / "02_topological_sort.cpp", "x");
    const ClassFolder all = collect(book, submissions.path(), roster);
    const auto one = std::ranges::find_if(all.submissions, &Submission::submitted);
    ASSERT_NE(one, all.submissions.end());
    EXPECT_EQ(one->student, student) << folder;
    EXPECT_EQ(one->files.at("2.2"), "x") << folder;
    if (student == folder && student[0] != 'u') {
      EXPECT_THAT(one->notes, ElementsAre(HasSubstr("is not in the roster")));
      EXPECT_EQ(all.submissions.size(), 6u);
    } else {
      EXPECT_THAT(one->notes, IsEmpty());
      EXPECT_EQ(all.submissions.size(), 5u);
    }
  }
}

TEST_F(Rosters, TakeCanvasFilesByTheirIdOrName) {
  const Roster roster = read("login,name,id\njdoe,Jane Doe,77\nasmith,Ann Smith,\n");
  const Folder submissions;
  write_atomically(submissions.path() / "whoever_77_1_01_operators.cpp", "x");
  write_atomically(submissions.path() / "smithann_LATE_9_1_01_operators.cpp", "y");
  const ClassFolder all = collect(Book(root_folder()), submissions.path(), roster);
  ASSERT_EQ(all.submissions.size(), 2u);
  EXPECT_EQ(all.submissions[0].student, "asmith");
  EXPECT_EQ(all.submissions[0].platform_id, "9");
  EXPECT_EQ(all.submissions[0].files.at("1.1"), "y");
  EXPECT_EQ(all.submissions[1].student, "jdoe");
  EXPECT_EQ(all.submissions[1].files.at("1.1"), "x");
}

TEST_F(Rosters, ListThoseWhoHandedNothingIn) {
  const Roster roster = read("student,name,email,section\njdoe,Jane,j@u,A\nasmith,Ann,a@u,B\n");
  const Folder submissions;
  write_atomically(submissions.path() / "jdoe" / "01_operators.cpp", "x");
  const ClassFolder all = collect(Book(root_folder()), submissions.path(), roster);
  ASSERT_EQ(all.submissions.size(), 2u);
  EXPECT_FALSE(all.submissions[0].submitted);
  EXPECT_EQ(all.submissions[0].name, "Ann");
  EXPECT_EQ(all.submissions[0].section, "B");
  EXPECT_EQ(all.submissions[0].fault, "");
  EXPECT_TRUE(all.submissions[1].submitted);
}

TEST_F(Rosters, JoinTwoSubmissionsOfOneStudent) {
  const Roster roster = read("login,name,submitted\njdoe,Jane Doe,2026-03-01 10:00\n");
  const Folder submissions;
  write_atomically(submissions.path() / "jdoe" / "01_operators.cpp", "old");
  write_atomically(submissions.path() / "Jane Doe" / "01_operators.cpp", "new");
  fs::last_write_time(submissions.path() / "jdoe" / "01_operators.cpp",
                      fs::file_time_type::clock::now() - std::chrono::hours{1});
  const ClassFolder all = collect(Book(root_folder()), submissions.path(), roster);
  ASSERT_EQ(all.submissions.size(), 1u);
  EXPECT_EQ(all.submissions[0].files.at("1.1"), "new");
  EXPECT_THAT(all.submissions[0].notes, ElementsAre(HasSubstr("two submissions")));
  EXPECT_EQ(time_text(all.submissions[0].submitted_at.value()), "2026-03-01 10:00");
}

TEST(Times, AreReadAsPlatformsWriteThem) {
  const struct {
    std::string text, utc;
  } rows[] = {
      {"2026-03-01 23:59", "2026-03-01 23:59"},
      {"2026-03-01T23:59:59Z", "2026-03-01 23:59"},
      {"2026-03-01 23:59:59.123456000 Z", "2026-03-01 23:59"},
      {"2026-03-01 23:59:59 UTC", "2026-03-01 23:59"},
      {"2026-03-01T22:00:00-08:00", "2026-03-02 06:00"},
      {"2026-03-01 00:30 +0100", "2026-02-28 23:30"},
      {"2024-02-29 12:00 +05:30", "2024-02-29 06:30"},
  };
  for (const auto& [text, utc] : rows) {
    const auto time = time_of(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(time_text(*time), utc) << text;
  }
  for (const std::string text : {"", "2026-03-01", "2026-02-29 12:00", "2026-13-01 12:00",
                                 "2026-03-01 24:00", "2026-03-01 12:60", "01/03/2026 12:00",
                                 "2026-03-01 12:00 CET", "2026-03-01 12:00 +15:00", "-1-1-1 1:1"})
    EXPECT_FALSE(time_of(text)) << text;
}

TEST(Names, AreMadePlain) {
  EXPECT_EQ(made_plain("J\u00FCrgen \u540D \U0001F600"), "J\u00FCrgen \u540D \U0001F600");
  EXPECT_EQ(made_plain(std::string("a\0b\x7F", 4)), "a\\x00b\\x7F");
  EXPECT_EQ(made_plain("\u202E\u200F\uFEFF\u2028"), "\\u202E\\u200F\\uFEFF\\u2028");
  EXPECT_EQ(made_plain("\xC0\xAF\xED\xA0\x80"), "\\xC0\\xAF\\xED\\xA0\\x80");
  EXPECT_LT(in_quotes(std::string(1000, 'x')).size(), 180u);
  EXPECT_TRUE(is_plain(in_quotes(std::string(159, 'x') + "\u00FC\u00FC")));
}

}  // namespace
}  // namespace gradbook
