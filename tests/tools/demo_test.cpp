#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Demo, GoesFromStubToPictures) {
  Folder folder;
  const Completion c = gradbook_program({"demo", "--out", folder.path().string()});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("2.2 topological_sort: not started"),
                              HasSubstr("2.2 topological_sort: wrong"), HasSubstr("✓ 2.14")));
  for (const char* picture : {"loss.svg", "fit.svg", "graph.svg"}) {
    ASSERT_TRUE(fs::exists(folder.path() / picture)) << picture;
    EXPECT_THAT(read_file(folder.path() / picture), AllOf(HasSubstr("<svg"), HasSubstr("</svg>")));
  }
}

}  // namespace
}  // namespace gradbook
