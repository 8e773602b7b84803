using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests;

public class NamingGrains
{
    /// <summary>These names are part of every stored row, reminder and subscription: a grain is never renamed.</summary>
    private static readonly string[] Names =
    [
        "mmo.account",
        "mmo.central",
        "mmo.character",
        "mmo.character-name",
        "mmo.chat",
        "mmo.email",
        "mmo.map",
        "mmo.map-record",
        "mmo.session",
        "mmo.spawn",
        "mmo.username",
    ];

    [Fact]
    public void Every_grain_has_a_name_for_ever() => Assert.Equal(Names, Grains().Select(NameOf).Order(StringComparer.Ordinal));

    private static IEnumerable<Type> Grains() =>
        typeof(StorageNames).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGrain).IsAssignableFrom(type) && typeof(Grain).IsAssignableFrom(type));

    private static string NameOf(Type grain) =>
        grain.GetCustomAttributesData().SingleOrDefault(data => data.AttributeType == typeof(GrainTypeAttribute))?.ConstructorArguments[0].Value as string
        ?? $"{grain.Name} has no [GrainType]";
}
