# What public tests and modules' own programs are linked with: all that a handout needs.

find_package(GTest REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(LibArchive REQUIRED)

set(support ${PROJECT_SOURCE_DIR}/tests/support)
gradbook_objects(gradbook_public_support SOURCES ${support}/public_main.cpp
                 HEADERS <gmock/gmock.h> <gtest/gtest.h>)
gradbook_objects(gradbook_program_support SOURCES ${support}/program_not_started.cpp)
