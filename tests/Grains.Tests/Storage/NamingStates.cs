using System.Reflection;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests.Storage;

public class NamingStates
{
    private static readonly (Type Grain, PersistentStateAttribute State)[] States =
    [
        .. from grain in typeof(StorageNames).Assembly.GetTypes()
           from constructor in grain.GetConstructors()
           from parameter in constructor.GetParameters()
           let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
           where state is not null
           select (grain, state),
    ];

    /// <summary>A row is found by the key of its grain and the name of its state; the type of the grain is not part of it.</summary>
    [Fact]
    public void No_two_grains_give_their_states_one_name() =>
        Assert.All(States.GroupBy(use => use.State.StateName), uses => Assert.True(uses.Select(use => use.Grain).Distinct().Count() == 1,
            $"state '{uses.Key}' is used by {string.Join(" and ", uses.Select(use => use.Grain.Name))}: with one key they would share one row"));

    [Fact]
    public void Every_state_is_kept_where_records_are_kept() =>
        Assert.All(States, use => Assert.Equal(StorageNames.Mmo, use.State.StorageName));
}
