#include "support/observation.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

namespace gradbook {
namespace {

Observation sample() {
  Observation o;
  o.label = "loss";
  o.shape = {2, 3};
  o.reals = {1, -0.0, 3, std::numeric_limits<double>::quiet_NaN(), 5, 6};
  o.tolerance = {10, 2};
  return o;
}

Observations read(std::string_view bytes, bool& malformed) { return decode(bytes, malformed); }

TEST(Observation, ComesBackBitForBit) {
  bool malformed = true;
  const Observations back = read(encode(sample()) + encode(sample()), malformed);
  ASSERT_FALSE(malformed);
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[1].label, "loss");
  EXPECT_EQ(back[1].shape, sample().shape);
  EXPECT_EQ(std::memcmp(back[1].reals.data(), sample().reals.data(), 6 * sizeof(double)), 0);
  EXPECT_EQ(back[1].tolerance.terms, 10);
}

// Whatever a hostile process sends, reading it ends, allocates little, and keeps what was whole
TEST(Observation, IsReadUpToWhereItIsCut) {
  const std::string bytes = encode(sample()) + encode(sample());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    bool malformed = false;
    const Observations back = read(std::string_view(bytes).substr(0, length), malformed);
    EXPECT_EQ(back.size(), length / (bytes.size() / 2));
    EXPECT_EQ(malformed, length % (bytes.size() / 2) != 0);
  }
}

TEST(Observation, IsRefusedWhenABitLies) {
  const std::string bytes = encode(sample());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x80);
    bool malformed = false;
    for (const Observation& o : read(changed, malformed)) {
      EXPECT_EQ(o.reals.size() + o.integers.size(), o.type == Type::text ? 0u : 6u) << "byte " << i;
    }
  }
}

TEST(Observation, WithAShapeThatOverflowsIsMalformed) {
  Observation o = sample();
  o.shape = {std::uint64_t{1} << 32, std::uint64_t{1} << 32};  // the product is 0 in 64 bits
  o.reals.clear();
  bool malformed = false;
  EXPECT_TRUE(read(encode(o), malformed).empty());
  EXPECT_TRUE(malformed);
}

TEST(Observation, ShapesReadAsInTheBook) {
  EXPECT_EQ(shape_text({}), "()");
  const std::uint64_t two[] = {2, 3};
  EXPECT_EQ(shape_text(two), "(2, 3)");
}

}  // namespace
}  // namespace gradbook
