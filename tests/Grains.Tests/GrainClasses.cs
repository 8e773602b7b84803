using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests;

/// <summary>Every grain class of the project.</summary>
internal static class GrainClasses
{
    internal static IEnumerable<Type> All =>
        typeof(StorageNames).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGrain).IsAssignableFrom(type) && typeof(Grain).IsAssignableFrom(type));

    internal static string NameOf(Type grain) =>
        grain.GetCustomAttributesData().SingleOrDefault(data => data.AttributeType == typeof(GrainTypeAttribute))?.ConstructorArguments[0].Value as string
        ?? $"{grain.Name} has no [GrainType]";
}
