using StackExchange.Redis;

namespace MmoOrleans.Silo.Storage.Redis;

/// <summary>
/// What is where in Redis; never changed, or rows are lost. A grain's id is `type/key`, its key may be any text, and the name of a
/// record has no slash: the last part ends the key without a doubt, so no two records share one.
/// </summary>
internal static class RedisKeys
{
    internal static RedisKey Record(string serviceId, GrainId grain, string name) => $"{serviceId}/record/{grain}/{name}";

    internal static RedisKey Schema(string serviceId) => $"{serviceId}/schema";
}
