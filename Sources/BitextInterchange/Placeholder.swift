internal import BitextCore
